/** What the next game is to somebody who looks at the one before, in words. Pure. */

import type { Listed } from "./next.svelte";

export interface Offer {
  readonly words: string;
  /** A seat is kept for them: they are asked. */
  readonly asked: boolean;
  /** What following the link to it is called; null where they are asked. */
  readonly link: string | null;
}

/** Null: nothing to say. */
export function offerOf(game: Listed | null): Offer | null {
  if (game === null) return null;
  const host = hostOf(game);
  const seated = game.you !== null;
  switch (game.game_status) {
    case "lobby":
      if (game.invited !== null)
        return {
          words: `${host} wants another game.`,
          asked: true,
          link: null,
        };
      return seated
        ? {
            words: "You have a seat in the next game.",
            asked: false,
            link: "Go there",
          }
        : {
            words: `${host} gathers the next game.`,
            asked: false,
            link: "Look in",
          };
    case "active":
      return seated
        ? { words: "Your next game has begun.", asked: false, link: "Go there" }
        : { words: "The next game has begun.", asked: false, link: "Watch it" };
    case "concluded":
      return {
        words: "There was another game after this one.",
        asked: false,
        link: "See it",
      };
    case "canceled":
    case "quarantined":
      return null;
  }
}

/** Whether somebody who played may ask for a next game: there is none, or one in which they may find a seat yet. */
export function mayAsk(game: Listed | null): boolean {
  const offer = offerOf(game);
  return (
    offer === null ||
    (game?.game_status === "lobby" && game.you === null && !offer.asked)
  );
}

/** Who is the host of a game. */
export function hostOf(game: Pick<Listed, "host_id" | "players">): string {
  const host = game.players.find(({ player_id }) => player_id === game.host_id);
  return host?.display_name ?? "Somebody";
}

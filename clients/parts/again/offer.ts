/** What the next game is to somebody who looks at the one before, in words. Pure. */

import { t } from "../catalogue/catalogue";
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
          words: t("again-wants", { host }),
          asked: true,
          link: null,
        };
      return seated
        ? {
            words: t("again-seat"),
            asked: false,
            link: t("again-go"),
          }
        : {
            words: t("again-gathers", { host }),
            asked: false,
            link: t("again-look"),
          };
    case "active":
      return seated
        ? { words: t("again-begun-yours"), asked: false, link: t("again-go") }
        : { words: t("again-begun"), asked: false, link: t("again-watch") };
    case "concluded":
      return {
        words: t("again-over"),
        asked: false,
        link: t("again-see"),
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
  return host?.display_name ?? t("again-somebody");
}

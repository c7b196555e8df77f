/** What those who play a game agree on, as a page shows it to one of them, or to who watches. Pure. */

import type { Agreement, Agreements } from "@clew/client";
import { isAway, type Seen } from "../company";

/** What a view says; servers before 0.3.0 say nothing of agreements. */
export interface Agreed {
  readonly agreements?: {
    readonly asked: readonly {
      readonly to: string;
      readonly by: readonly string[];
      readonly missing: readonly string[];
    }[];
    readonly pause: Agreements["pause"];
    readonly pauses_left: number;
  } | null;
  readonly players: readonly (Seen & { readonly player_status: string })[];
  readonly you: {
    readonly player_id: string;
    readonly player_status: string;
  } | null;
}

/** One thing that people can agree to now. */
export interface Offer {
  readonly to: Agreement;
  /** For whom a bot is to plan; null: it is about the clock. */
  readonly about: string | null;
  /** Who has asked for it, by name, you left out. */
  readonly by: readonly string[];
  readonly mine: boolean;
  /** For whom it waits yet, by name. */
  readonly missing: readonly string[];
  /** You may say it, and have not. */
  readonly may: boolean;
}

export interface Agreeing {
  /** When a pause is over at the latest, RFC 3339, and what the round has then; null: the clock goes. */
  readonly pause: Agreements["pause"];
  /** To stop the clock, or to have it go on; null: neither may be asked for. */
  readonly clock: Offer | null;
  /** A bot for each who is away. */
  readonly autopilots: readonly Offer[];
}

/** Null where nobody agrees on anything: no round is on, or the server knows nothing of it. */
export function agreeingOf({
  agreements,
  players,
  you,
}: Agreed): Agreeing | null {
  if (!agreements) return null;
  const plays = you?.player_status === "playing";
  const nameOf = (seat: string): string =>
    players.find(({ player_id }) => player_id === seat)?.display_name ?? seat;
  const offer = (to: Agreement, about: string | null): Offer => {
    const asked = agreements.asked.find((each) => each.to === to);
    const by = asked?.by ?? [];
    const mine = you !== null && by.includes(you.player_id);
    return {
      to,
      about,
      by: by.filter((seat) => seat !== you?.player_id).map(nameOf),
      mine,
      missing: (asked?.missing ?? [])
        .filter((seat) => seat !== you?.player_id)
        .map(nameOf),
      may: plays && !mine,
    };
  };
  const isShown = (each: Offer): boolean =>
    each.may || each.mine || each.by.length > 0;
  const clock = offer(agreements.pause === null ? "pause" : "go_on", null);
  const mayPause = agreements.pause !== null || agreements.pauses_left > 0;
  const away = players.filter(
    (player) =>
      isAway(player) && player.player_status === "playing" && !player.autopilot,
  );
  return {
    pause: agreements.pause,
    clock: mayPause && isShown(clock) ? clock : null,
    autopilots: away
      .filter(({ player_id }) => player_id !== you?.player_id)
      .map(({ player_id, display_name }) =>
        offer(`autopilot:${player_id}`, display_name),
      )
      .filter(isShown),
  };
}

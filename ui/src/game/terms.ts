/** The terms a game was made on, as far as the game screen has to know them. Pure. */

import type { GameInfo } from "../lib/wire";
import { USUAL } from "../lib/numbers";

export interface Terms {
  readonly round_ms: number;
  /** What a hero has at most. */
  readonly health: number;
  /** The host keeps the board from those who watch. */
  readonly closed: boolean;
  /** Those who watch see the board this many rounds late. */
  readonly late: number;
}

/** What a server leaves out is as the rules have it by default. */
export function termsOf(settings: GameInfo["settings"]): Terms {
  const { round_seconds, health, gallery, gallery_delay } = settings;
  return {
    round_ms: 1000 * (typeof round_seconds === "number" ? round_seconds : USUAL.round_seconds),
    health: typeof health === "number" ? health : USUAL.health,
    closed: gallery === "closed",
    late: typeof gallery_delay === "number" ? gallery_delay : USUAL.gallery_delay,
  };
}

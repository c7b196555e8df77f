/** The terms a game was made on, as far as the game screen has to know them. Pure. */

import type { GameInfo } from "../lib/wire";
import { RADIUS, USUAL } from "../lib/numbers";

export interface Terms {
  readonly round_ms: number;
  /** What a hero has at most. */
  readonly health: number;
  /** The host keeps the board from those who watch. */
  readonly closed: boolean;
  /** Those who watch see the board this many rounds late. */
  readonly late: number;
  /** Steps from the middle of the board to its edge: so many rings can fall. */
  readonly radius: number;
  /** The outermost ring falls at the end of round `first`, another after every so many. Null: none ever falls. */
  readonly rings: { readonly first: number; readonly every: number } | null;
  readonly minotaur: boolean;
  readonly hero_damage: number;
  readonly minotaur_damage: number;
  readonly ap_gain: number;
  readonly ap_cap: number;
  /** How many steps one sees; null: all. */
  readonly sight: number | null;
  readonly hearing: number;
}

/** What a server leaves out is as the rules have it by default. */
export function termsOf(settings: GameInfo["settings"], seats = 4): Terms {
  const number = (name: keyof typeof USUAL): number => {
    const said = settings[name];
    return typeof said === "number" ? said : USUAL[name];
  };
  const { collapse, gallery, minotaur, radius } = settings;
  const sight = number("sight");
  return {
    round_ms: 1000 * number("round_seconds"),
    health: number("health"),
    closed: gallery === "closed",
    late: number("gallery_delay"),
    radius: typeof radius === "number" ? radius : (RADIUS[seats as keyof typeof RADIUS] ?? RADIUS[4]),
    rings: collapse === false ? null : { first: number("collapse_first"), every: number("collapse_every") },
    minotaur: minotaur !== false,
    hero_damage: number("hero_damage"),
    minotaur_damage: number("minotaur_damage"),
    ap_gain: number("ap_gain"),
    ap_cap: number("ap_cap"),
    sight: sight < 0 ? null : sight,
    hearing: number("hearing"),
  };
}

/** What a board is drawn from, wherever its places are counted from: a hero, the lair, or the map's middle. */

import type { Terrain } from "../lib/wire";
import type { Hex } from "./geometry";

export interface BoardHex extends Hex {
  readonly terrain: Terrain;
  readonly cracked: boolean;
  /** In sight now; else only remembered. */
  readonly lit: boolean;
}

const WALKABLE: Record<Terrain, boolean> = { floor: true, rock: false, chasm: false };

/** Whether somebody can stand there. */
export function isWalkable({ terrain }: { readonly terrain: Terrain }): boolean {
  return WALKABLE[terrain];
}

export interface BoardFigure extends Hex {
  /** A player's id, or "minotaur". */
  readonly id: string;
  readonly kind: "hero" | "minotaur";
  readonly health: number | null;
  /** So much the plan takes from them, if all its blows hit. */
  readonly takes?: number | undefined;
  /** The viewer's own hero. */
  readonly you?: boolean;
  /** Dead: ash. */
  readonly fallen?: boolean;
  /** Going out of sight. */
  readonly fading?: boolean;
  /** What a screen reader says, and the tooltip. */
  readonly label: string;
}

/** Something that happens to a figure for a moment. `key` is new each time, so that the same thing can happen twice. */
export interface Effect {
  readonly key: string;
  readonly kind: "hit" | "miss" | "bump";
  readonly id: string;
  readonly damage: number;
  /** By the viewer's own hand: never in the colour of danger. */
  readonly yours?: boolean;
  /** Where a bump goes, or where a blow comes from. */
  readonly vector: Hex;
}

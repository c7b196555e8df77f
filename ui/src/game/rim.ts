/** Where the labyrinth ends and where its lair lies, as far as that follows from what a player sees. Pure.
 *
 * The board is a hexagon of a known radius around the lair, and its rings fall in rounds that are known. So each stone
 * that is seen, cracked or whole, each hole and each place where nothing is leaves fewer places where the lair can be.
 * Nothing is asked for but the view and the game's settings.
 */

import { t } from "$parts/catalogue/catalogue";
import {
  add,
  DIRECTIONS,
  distance,
  HERE,
  keyOf,
  middle,
  middleOf,
  nearestDirection,
  same,
  subtract,
  type Hex,
} from "../board/geometry";
import type { View, ViewHex } from "../lib/wire";
import { walkingSteps } from "./planning";
import type { Terms } from "./terms";

/** What is known: places that are beside the board, and all where the lair may be. None: nothing follows. */
export interface Rim {
  readonly outside: readonly Hex[];
  readonly lairs: readonly Hex[];
  readonly radius: number;
}

/** A piece of the outer wall: the side of this hex that looks that way. */
export interface Wall {
  readonly place: Hex;
  readonly side: Hex;
}

/** Which way the lair lies from here; `place` where it is known which hex it is. */
export interface Bearing {
  readonly towards: Hex;
  readonly place: Hex | null;
}

/** Within this of the mean the lair lies for certain, or its direction is not known. */
const SPREAD_RAD = Math.PI / 4;

/** `known`: places beside the board that were seen before, as seen from the hero now. */
export function rimOf(view: View, terms: Terms, known: readonly Hex[] = []): Rim {
  if (view.viewer !== "player" || view.hexes.length === 0) return { outside: [], lairs: [], radius: terms.radius };
  const outside = all(known, nothingAt(view));
  const state = ringsAt(view.round, terms);
  const { radius } = terms;
  const lairs = within(radius).filter(
    (lair) =>
      view.hexes.every((hex) => fits(hex, distance(hex, lair), radius, state)) &&
      outside.every((place) => distance(place, lair) > radius),
  );
  // What was noted before and can't be so any more was of another map: then only what is seen now counts.
  return lairs.length === 0 && known.length > 0 ? rimOf(view, terms) : { outside, lairs, radius };
}

/** Whether this place is no part of the board, for certain. */
export function isBeside({ lairs, radius, outside }: Rim, place: Hex): boolean {
  if (outside.some((known) => same(known, place))) return true;
  return lairs.length > 0 && lairs.every((lair) => distance(place, lair) > radius);
}

export function wallsOf(view: View, rim: Rim): Wall[] {
  const known = new Set(view.hexes.map(keyOf));
  return view.hexes.flatMap(({ q, r }) =>
    DIRECTIONS.filter(({ vector }) => {
      const beside = add({ q, r }, vector);
      return !known.has(keyOf(beside)) && isBeside(rim, beside);
    }).map(({ vector }) => ({ place: { q, r }, side: vector })),
  );
}

/** Null as long as the lair may lie this way or that. */
export function bearingOf({ lairs }: Rim): Bearing | null {
  if (lairs.length === 0) return null;
  const towards = middleOf(lairs);
  const [only] = lairs;
  if (lairs.length === 1 && only !== undefined) return { towards: only, place: only };
  const mean = angleOf(towards);
  const isSure = lairs.every((lair) => !same(lair, HERE) && turn(angleOf(lair), mean) <= SPREAD_RAD);
  return isSure ? { towards, place: null } : null;
}

export function bearingWords({ towards, place }: Bearing): string {
  if (place !== null && same(place, HERE)) return t("board-lair-here");
  const direction = nearestDirection(towards).words;
  if (place === null) return t("board-lair-towards", { direction });
  return t("board-lair-far", { far: distance(place, HERE), direction });
}

/** The angle of a place as seen from here, as the board is drawn. */
export function angleOf(place: Hex): number {
  const { x, y } = middle(place);
  return Math.atan2(y, x);
}

/** Places where nothing is: whoever walks floor in fewer steps than sight reaches sees all that touches it. */
function nothingAt(view: View): Hex[] {
  const known = new Set(view.hexes.map(keyOf));
  const steps = walkingSteps(view);
  const reach = Math.max(...steps.values());
  const found = new Map<string, Hex>();
  for (const [key, step] of steps) {
    if (step >= reach) continue;
    const [q = 0, r = 0] = key.split(",").map(Number);
    for (const { vector } of DIRECTIONS) {
      const beside = add({ q, r }, vector);
      if (!known.has(keyOf(beside))) found.set(keyOf(beside), beside);
    }
  }
  return [...found.values()];
}

interface Rings {
  /** All farther out have fallen. */
  readonly standing: number;
  readonly cracked: ReadonlySet<number>;
}

function ringsAt(round: number, { rings, radius }: Terms): Rings {
  const cracked = new Set<number>();
  if (rings === null) return { standing: radius, cracked };
  let standing = radius;
  for (let ring = radius; ring >= 1; ring -= 1) {
    const falls = rings.first + rings.every * (radius - ring);
    if (round > falls) standing = ring - 1;
    else if (round >= falls - 1) cracked.add(ring);
  }
  return { standing, cracked };
}

/** Whether a hex that is so far from the lair could look like this now. What is remembered may have changed. */
function fits(hex: ViewHex, far: number, radius: number, { standing, cracked }: Rings): boolean {
  if (far > radius) return false;
  if (hex.terrain === "chasm") return far > standing;
  if (!hex.in_sight) return true;
  return far <= standing && hex.cracked === cracked.has(far);
}

function within(radius: number): Hex[] {
  const places: Hex[] = [];
  for (let q = -radius; q <= radius; q += 1) {
    for (let r = Math.max(-radius, -q - radius); r <= Math.min(radius, radius - q); r += 1) places.push({ q, r });
  }
  return places;
}

function all(some: readonly Hex[], more: readonly Hex[]): Hex[] {
  return [...new Map([...some, ...more].map((hex) => [keyOf(hex), hex])).values()];
}

function turn(one: number, other: number): number {
  const apart = Math.abs(one - other) % (2 * Math.PI);
  return Math.min(apart, 2 * Math.PI - apart);
}

/** From the hero's place now to another map's, or back. */
export function shifted(places: readonly Hex[], from: Hex): Hex[] {
  return places.map((place) => subtract(place, from));
}

/** Hexes on the screen: axial places, the six directions, and where they lie in drawing units (pointy tops, y down). */

import { t } from "$parts/catalogue/catalogue";
import type { Direction } from "../lib/wire";

/** A place or a displacement. */
export interface Hex {
  readonly q: number;
  readonly r: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DirectionInfo {
  readonly name: Direction;
  readonly vector: Hex;
  /** As in "to the north-east", in the page's language. */
  readonly words: string;
}

/** From a hex's middle to its corner, in drawing units. */
export const SIZE = 40;
/** How high rock stands over the floor. */
export const HEIGHT = 10;
/** From one hex's middle to its eastern neighbour's. */
export const WIDTH = SIZE * Math.sqrt(3);

export const DIRECTIONS: readonly DirectionInfo[] = [
  { name: "E", vector: { q: 1, r: 0 }, words: t("direction-E") },
  { name: "SE", vector: { q: 0, r: 1 }, words: t("direction-SE") },
  { name: "SW", vector: { q: -1, r: 1 }, words: t("direction-SW") },
  { name: "W", vector: { q: -1, r: 0 }, words: t("direction-W") },
  { name: "NW", vector: { q: 0, r: -1 }, words: t("direction-NW") },
  { name: "NE", vector: { q: 1, r: -1 }, words: t("direction-NE") },
];

export const HERE: Hex = { q: 0, r: 0 };

export function add(a: Hex, b: Hex): Hex {
  return { q: a.q + b.q, r: a.r + b.r };
}

export function subtract(a: Hex, b: Hex): Hex {
  return { q: a.q - b.q, r: a.r - b.r };
}

export function same(a: Hex, b: Hex): boolean {
  return a.q === b.q && a.r === b.r;
}

/** Steps from one hex to another over open ground. */
export function distance(a: Hex, b: Hex): number {
  const { q, r } = subtract(a, b);
  return (Math.abs(q) + Math.abs(r) + Math.abs(q + r)) / 2;
}

/** The middle of all of them, perhaps between two hexes; of none, here. */
export function middleOf(places: readonly Hex[]): Hex {
  const sum = places.reduce<Hex>(add, HERE);
  const count = Math.max(1, places.length);
  return { q: sum.q / count, r: sum.r / count };
}

/** A name for a place, for maps and keyed lists. */
export function keyOf({ q, r }: Hex): string {
  return `${q},${r}`;
}

/** The direction of a vector that is one of the six; undefined for any other. */
export function directionOf(vector: Hex): DirectionInfo | undefined {
  return DIRECTIONS.find((direction) => same(direction.vector, vector));
}

/** The one of the six that points most nearly along `vector`; the first in order wins a tie, as in the rules. */
export function nearestDirection(vector: Hex): DirectionInfo {
  const along = ({ vector: d }: DirectionInfo): number =>
    d.q * vector.q + d.r * vector.r + (d.q + d.r) * (vector.q + vector.r);
  return DIRECTIONS.reduce((best, direction) => (along(direction) > along(best) ? direction : best));
}

export function opposite({ q, r }: Hex): Hex {
  return { q: 0 - q, r: 0 - r };
}

/** The middle of a hex. Fractions are fine: a camera may stand between two hexes. */
export function middle({ q, r }: Hex): Point {
  return { x: WIDTH * (q + r / 2), y: SIZE * 1.5 * r };
}

/** A hexagon around (0, 0) as an SVG path. */
export function outline(size: number = SIZE): string {
  const w = (size * Math.sqrt(3)) / 2;
  const h = size / 2;
  const at = (x: number, y: number): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
  return `M${at(0, -size)}L${at(w, -h)}L${at(w, h)}L${at(0, size)}L${at(-w, h)}L${at(-w, -h)}Z`;
}

/** A shortest way over `floor` from one hex to the next, without the first, or null if there is none of at most `steps_max`. */
export function pathOver(floor: ReadonlySet<string>, from: Hex, to: Hex, steps_max: number): Hex[] | null {
  let ways: Hex[][] = [[]];
  const seen = new Set([keyOf(from)]);
  for (let step = 0; step <= steps_max; step += 1) {
    const next: Hex[][] = [];
    for (const way of ways) {
      const end = way.at(-1) ?? from;
      if (same(end, to)) return way;
      for (const { vector } of DIRECTIONS) {
        const place = add(end, vector);
        const key = keyOf(place);
        if (seen.has(key) || !floor.has(key)) continue;
        seen.add(key);
        next.push([...way, place]);
      }
    }
    ways = next;
  }
  return null;
}

/** More than this many in one hex stand shoulder to shoulder. */
export const CROWD = 4;

/** Where `count` figures stand in one hex so that each can be seen and touched: places around its middle and their scale. */
export function standIn(count: number, index: number): Point & { scale: number } {
  if (count <= 1) return { x: 0, y: 0, scale: 1 };
  const radius = count === 2 ? 16 : count <= 4 ? 19 : 24;
  const scale = count === 2 ? 0.86 : count <= CROWD ? 0.72 : 0.54;
  const angle = (index / count) * 2 * Math.PI + (count === 2 ? Math.PI : -Math.PI / 2);
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), scale };
}

/** A number in 0..1 that belongs to a place, so that each stone looks like itself and like no other. */
export function grain({ q, r }: Hex, salt: number): number {
  let h = Math.imul(q + 131, 0x9e3779b1) ^ Math.imul(r + 977, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}

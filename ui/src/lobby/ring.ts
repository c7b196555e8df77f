/** Where things stand around the middle of a lobby. Pure. */

import type { Hex } from "../board/geometry";

/** All hexes up to so far from the middle. */
export function hexesWithin(radius: number): Hex[] {
  const hexes: Hex[] = [];
  for (let q = -radius; q <= radius; q++) {
    for (let r = Math.max(-radius, -q - radius); r <= Math.min(radius, radius - q); r++) hexes.push({ q, r });
  }
  return hexes;
}

/** Where seat `index` of `count` stands around the middle: shares of the radius, the first at the top. */
export function placeOnRing(index: number, count: number): { x: number; y: number } {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

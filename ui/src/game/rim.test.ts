import { describe, expect, test } from "vitest";
import { add, DIRECTIONS, distance, grain, HERE, keyOf, same, subtract, type Hex } from "../board/geometry";
import type { View, ViewHex } from "../lib/wire";
import { bearingOf, bearingWords, isBeside, rimOf, shifted, wallsOf } from "./rim";
import { termsOf, type Terms } from "./terms";

const TERMS: Terms = termsOf({ radius: 4 });
const SIGHT = 2;
/** Instead of a seed: no rock at all. */
const OPEN = -1;

function board(radius: number): Hex[] {
  const places: Hex[] = [];
  for (let q = -radius; q <= radius; q += 1) {
    for (let r = -radius; r <= radius; r += 1) if (distance({ q, r }, HERE) <= radius) places.push({ q, r });
  }
  return places;
}

/** What a hero sees who stands there, as the rules have it: floor within two steps, and what touches it. */
function viewFrom(at: Hex, seed: number, round = 1): View {
  const { radius } = TERMS;
  const falls = (ring: number): number => (TERMS.rings?.first ?? 0) + (TERMS.rings?.every ?? 0) * (radius - ring);
  const all = new Map(board(radius).map((hex) => [keyOf(hex), hex]));
  const terrainOf = (hex: Hex): ViewHex["terrain"] => {
    const ring = distance(hex, HERE);
    if (ring > 0 && round > falls(ring)) return "chasm";
    return same(hex, at) || seed === OPEN || grain(hex, seed) < 0.72 ? "floor" : "rock";
  };
  const steps = new Map([[keyOf(at), 0]]);
  const seen = new Map([[keyOf(at), at]]);
  for (let edge = [at]; edge.length > 0;) {
    edge = edge.flatMap((here) =>
      DIRECTIONS.flatMap(({ vector }) => {
        const beside = add(here, vector);
        const far = (steps.get(keyOf(here)) ?? 0) + 1;
        if (!all.has(keyOf(beside))) return [];
        if (terrainOf(beside) !== "floor") seen.set(keyOf(beside), beside);
        if (terrainOf(beside) !== "floor" || steps.has(keyOf(beside)) || far > SIGHT) return [];
        seen.set(keyOf(beside), beside);
        steps.set(keyOf(beside), far);
        return [beside];
      }),
    );
  }
  const hexes = [...seen.values()].map((hex): ViewHex => {
    const ring = distance(hex, HERE);
    const terrain = terrainOf(hex);
    const cracked = terrain !== "chasm" && ring > 0 && (round === falls(ring) || round === falls(ring) - 1);
    return { ...subtract(hex, at), terrain, cracked, in_sight: true };
  });
  return { viewer: "player", hexes, round, characters: [], you: null } as unknown as View;
}

const lit = (q: number, r: number): ViewHex => ({ q, r, terrain: "floor", cracked: false, in_sight: true });

const rock = ({ q, r }: Hex): ViewHex => ({ ...lit(q, r), terrain: "rock" });

describe("the outer wall and the lair", () => {
  test("nothing is taken for known that is not so, wherever one stands and whenever", () => {
    let known = 0;
    for (let seed = 0; seed < 6; seed += 1) {
      for (const at of board(TERMS.radius)) {
        for (const round of [1, 7, 8, 9, 12, 15]) {
          const view = viewFrom(at, seed, round);
          const rim = rimOf(view, TERMS);
          const lair = subtract(HERE, at);
          if (view.hexes.some((hex) => same(hex, HERE) && hex.terrain !== "floor")) continue; // nobody stands there
          expect(rim.lairs).toContainEqual(lair);
          for (const { place, side } of wallsOf(view, rim)) {
            expect(distance(add(add(place, side), at), HERE)).toBeGreaterThan(TERMS.radius);
            known += 1;
          }
          const bearing = bearingOf(rim);
          if (bearing?.place != null) expect(bearing.place).toEqual(lair);
        }
      }
    }
    expect(known).toBeGreaterThan(1_000);
  }, 30_000);

  test("who stands at the edge of an open board sees its wall, and which way the lair lies", () => {
    const rim = rimOf(viewFrom({ q: 3, r: 0 }, OPEN), TERMS);
    const bearing = bearingOf(rim);

    expect(isBeside(rim, { q: 2, r: 0 })).toBe(true);
    expect(isBeside(rim, { q: -5, r: 0 })).toBe(false);
    expect(bearing === null ? "" : bearingWords(bearing)).toMatch(/^The lair lies .*west/);
  });

  test("most who begin at the edge know the way of the lair at once", () => {
    const starts = board(TERMS.radius).filter((at) => distance(at, HERE) === TERMS.radius - 1);
    const told = starts.filter((at) => bearingOf(rimOf(viewFrom(at, 3), TERMS)) !== null);

    expect(told.length).toBeGreaterThan(starts.length / 2);
  });

  test("what was seen to be beside the board stays so when one has gone on", () => {
    const view = {
      viewer: "player",
      hexes: [lit(0, 0), ...DIRECTIONS.map(({ vector }) => rock(vector))],
      round: 1,
    } as unknown as View;

    expect(bearingOf(rimOf(view, TERMS))).toBeNull();
    const known = shifted([{ q: 5, r: 0 }], { q: 1, r: 0 });
    expect(isBeside(rimOf(view, TERMS, known), { q: 4, r: 0 })).toBe(true);
  });

  test("in the open field all is known from the first round on", () => {
    const hexes = board(4).map((hex) => lit(hex.q - 2, hex.r + 1));
    const bearing = bearingOf(rimOf({ viewer: "player", hexes, round: 1 } as unknown as View, TERMS));

    expect(bearing).toEqual({ towards: { q: -2, r: 1 }, place: { q: -2, r: 1 } });
  });

  test("who stands in the lair is told so", () => {
    expect(bearingWords({ towards: HERE, place: HERE })).toBe("You stand in the lair.");
  });

  test("nothing is worked out for those who watch", () => {
    expect(rimOf({ ...viewFrom(HERE, 1), viewer: "spectator" }, TERMS).lairs).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import {
  add,
  directionOf,
  DIRECTIONS,
  distance,
  grain,
  HERE,
  keyOf,
  middle,
  middleOf,
  nearestDirection,
  opposite,
  pathOver,
  standIn,
} from "./geometry";

describe("directions", () => {
  test("they stand in the order of the rules and lie around the middle, east to the right, south below", () => {
    expect(DIRECTIONS.map(({ name }) => name)).toEqual(["E", "SE", "SW", "W", "NW", "NE"]);
    expect(middle({ q: 1, r: 0 }).x).toBeGreaterThan(0);
    expect(middle({ q: 0, r: 1 }).y).toBeGreaterThan(0);
    const far = DIRECTIONS.map(({ vector }) => Math.hypot(middle(vector).x, middle(vector).y));
    expect(Math.max(...far) - Math.min(...far)).toBeLessThan(1e-9);
  });

  test("the way back is the opposite direction", () => {
    expect(DIRECTIONS.map(({ vector }) => directionOf(opposite(vector))?.name)).toEqual([
      "W",
      "NW",
      "NE",
      "E",
      "SE",
      "SW",
    ]);
  });

  test("the nearest of the six points along a vector; the first in order wins a tie", () => {
    expect(nearestDirection({ q: 3, r: 0 }).name).toBe("E");
    expect(nearestDirection({ q: 1, r: 1 }).name).toBe("E");
    expect(nearestDirection({ q: -1, r: 4 }).name).toBe("SE");
  });
});

test("distance counts steps over open ground", () => {
  expect(distance(HERE, { q: 2, r: -1 })).toBe(2);
  expect(distance({ q: -1, r: -1 }, { q: 1, r: 1 })).toBe(4);
});

test("the middle of a board is where it was built around, wherever its places are counted from", () => {
  const lair = { q: 3, r: -2 };
  expect(middleOf([lair, ...DIRECTIONS.map(({ vector }) => add(lair, vector))])).toEqual(lair);
  expect(middleOf([])).toEqual(HERE);
});

describe("ways over the floor", () => {
  const floor = new Set([HERE, { q: 1, r: 0 }, { q: 2, r: 0 }, { q: 2, r: 1 }].map(keyOf));

  test("the shortest one is found, without its beginning", () => {
    expect(pathOver(floor, HERE, { q: 2, r: 1 }, 4)).toEqual([
      { q: 1, r: 0 },
      { q: 2, r: 0 },
      { q: 2, r: 1 },
    ]);
    expect(pathOver(floor, HERE, HERE, 4)).toEqual([]);
  });

  test("there is none through the dark, or beyond the bound", () => {
    expect(pathOver(floor, HERE, { q: 5, r: 5 }, 4)).toBeNull();
    expect(pathOver(floor, HERE, { q: 2, r: 1 }, 2)).toBeNull();
  });
});

test("however many stand in one hex, no two stand in one place", () => {
  for (let count = 1; count <= 9; count += 1) {
    const places = Array.from({ length: count }, (_, i) => standIn(count, i));
    const spots = new Set(places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`));
    expect(spots.size).toBe(count);
    expect(Math.max(...places.map(({ x, y }) => Math.hypot(x, y)))).toBeLessThan(30);
  }
});

test("a stone's grain belongs to its place", () => {
  expect(grain(HERE, 1)).toBe(grain({ q: 0, r: 0 }, 1));
  const all = DIRECTIONS.map(({ vector }) => grain(add(HERE, vector), 1));
  expect(new Set(all).size).toBe(6);
  expect(all.every((value) => value >= 0 && value < 1)).toBe(true);
});

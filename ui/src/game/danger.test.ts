import { describe, expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import type { PlanStep, View, ViewHex } from "../lib/wire";
import { blowOf, blowsOf, crackedFor, endOf, roundsLeft, warningOf } from "./danger";
import { DIRECTIONS } from "../board/geometry";
import { termsOf } from "./terms";

const TERMS = termsOf({ radius: 4, collapse_first: 8, collapse_every: 3 });
const E: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const W: PlanStep = { type: "move", vector: { q: -1, r: 0 } };

function hex(q: number, cracked: boolean, terrain: ViewHex["terrain"] = "floor"): ViewHex {
  return { q, r: 0, terrain, cracked, in_sight: true };
}

function view(round: number, ...hexes: ViewHex[]): View {
  return { ...viewOf(round), hexes };
}

describe("how long a ring still stands", () => {
  test("it is counted to the end of the round in which it falls, that one included", () => {
    expect([1, 7, 8, 9, 11].map((round) => roundsLeft(round, TERMS))).toEqual([8, 2, 1, 3, 1]);
  });

  test("once ring 1 has fallen there is none left to fall", () => {
    expect(roundsLeft(8 + 3 * 3, TERMS)).toBe(1);
    expect(roundsLeft(8 + 3 * 3 + 1, TERMS)).toBeNull();
  });

  test("where the floor holds none falls", () => {
    expect(roundsLeft(8, termsOf({ collapse: false }))).toBeNull();
  });

  test("a cracked stone falls at the end of this round or of the next", () => {
    const stone = hex(0, true);
    expect([7, 8, 10, 11].map((round) => crackedFor([stone], round, TERMS)(stone))).toEqual([2, 1, 2, 1]);
  });

  describe("where a ring falls every round", () => {
    const EVERY = termsOf({ radius: 4, collapse_first: 10, collapse_every: 1 });
    const at = (q: number, r: number, cracked: boolean, terrain: ViewHex["terrain"] = "floor"): ViewHex => ({
      ...hex(q, cracked, terrain),
      r,
    });

    test("the outer of two cracked rings touches what has fallen and falls now, the inner one a round later", () => {
      const fallen = at(2, 0, false, "chasm");
      const [outer, inner, firm] = [at(1, 0, true), at(0, 0, true), at(-1, 0, false)];
      const standsFor = crackedFor([fallen, outer, inner, firm], 11, EVERY);
      expect([standsFor(outer), standsFor(inner)]).toEqual([1, 2]);
    });

    test("before the first has fallen only who knows all around a stone knows that it is not the edge", () => {
      const inner = at(0, 0, true);
      const around = DIRECTIONS.map(({ vector }) => at(vector.q, vector.r, true));
      expect(crackedFor([inner, ...around], 10, EVERY)(inner)).toBe(2);
      expect(crackedFor([inner, ...around.slice(1)], 10, EVERY)(inner)).toBe(1);
      expect(crackedFor([inner], 9, EVERY)(inner)).toBe(2);
    });

    test("rock in sight beside the unknown may be the outer one", () => {
      const rock = at(1, 0, true, "rock");
      expect(crackedFor([rock], 11, EVERY)(rock)).toBe(1);
    });
  });
});

describe("the warning before one is ready", () => {
  test("whose own stone is cracked is told when it falls", () => {
    expect(warningOf(view(8, hex(0, true)), [], TERMS)).toEqual({
      words: "Your stone falls at the end of this round: leave it.",
      deadly: true,
    });
    expect(warningOf(view(7, hex(0, true)), [], TERMS)).toMatchObject({ deadly: false });
  });

  test("whose plan ends on cracked stone is told, whose plan only crosses it is not", () => {
    const shown = view(8, hex(0, false), hex(1, true));
    expect(warningOf(shown, [E], TERMS)?.words).toBe("Your plan ends on stone that falls at the end of this round.");
    expect(warningOf(shown, [E, W], TERMS)).toBeNull();
  });

  test("a step into rock takes nobody off their cracked stone", () => {
    const shown = view(8, hex(0, true), hex(1, false, "rock"));
    expect(endOf(shown, [E])).toEqual({ q: 0, r: 0 });
    expect(warningOf(shown, [E], TERMS)?.deadly).toBe(true);
  });

  test("who watches is warned of nothing", () => {
    expect(warningOf({ ...view(8, hex(0, true)), viewer: "spectator" }, [], TERMS)).toBeNull();
  });
});

test("the Minotaur's blow takes what the rules of this game say", () => {
  const terms = termsOf({ hero_damage: 2, minotaur_damage: 5 });
  expect(blowOf({ kind: "minotaur" }, terms)).toEqual({ yours: 2, theirs: 5 });
  expect(blowOf({ kind: "hero" }, terms)).toEqual({ yours: 2, theirs: 2 });
});

test("two blows at one target are added up", () => {
  const hit = (target_id: string): PlanStep => ({ type: "attack", target_id });
  expect([...blowsOf([hit("p2"), E, hit("p2"), hit("p3")], TERMS)]).toEqual([
    ["p2", 6],
    ["p3", 3],
  ]);
});

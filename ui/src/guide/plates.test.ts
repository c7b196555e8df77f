import { expect, test } from "vitest";
import { termsOf } from "../game/terms";
import { PRESETS } from "../lib/numbers";
import { platesOf } from "./plates";

test("the rule book tells the numbers of the game that is played", () => {
  const words = platesOf(termsOf({ hero_damage: 7, collapse_first: 21, ap_cap: 9 }))
    .map((plate) => plate.words)
    .join(" ");
  for (const number of ["7", "21", "9"]) expect(words).toContain(number);
});

test("what is not in a game is not in its rule book", () => {
  const kinds = platesOf(termsOf({ ...PRESETS.classic, collapse: false })).map(({ kind }) => kind);
  expect(kinds).not.toContain("beast");
  expect(kinds).not.toContain("falls");
});

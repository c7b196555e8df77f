import { expect, test } from "vitest";
import { partLeft, shortSpan, spokenSpan } from "$parts/countdown";

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;

test.each([
  [-5, "0"],
  [0, "0"],
  [1, "1"],
  [29_001, "30"],
  [89 * S, "89"],
  [90 * S, "1:30"],
  [12 * MIN + 5 * S, "12:05"],
  [60 * MIN - 1, "1 h"],
  [23 * H, "23 h"],
  [49 * H, "2 d"],
])("%i ms are short as %s", (ms, words) => {
  expect(shortSpan(ms)).toBe(words);
});

test.each([
  [1 * S, "1 second"],
  [4_200, "5 seconds"],
  [90 * S, "2 minutes"],
  [89 * MIN, "89 minutes"],
  [90 * MIN, "2 hours"],
  [72 * H, "3 days"],
])("%i ms are spoken as %s", (ms, words) => {
  expect(spokenSpan(ms)).toBe(words);
});

test("the ring burns down with the round and never beyond its ends", () => {
  expect(partLeft(15 * S, 30 * S)).toBe(0.5);
  expect(partLeft(40 * S, 30 * S)).toBe(1);
  expect(partLeft(-1, 30 * S)).toBe(0);
  expect(partLeft(5, 0)).toBe(0);
});

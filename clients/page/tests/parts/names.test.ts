import { expect, test } from "vitest";
import { isTooLong, NAME_CHARS_MAX } from "$parts/names";

test("a name is too long beyond what the server keeps of it, counted as it does", () => {
  expect(isTooLong("x".repeat(NAME_CHARS_MAX))).toBe(false);
  expect(isTooLong("x".repeat(NAME_CHARS_MAX + 1))).toBe(true);
  expect(isTooLong(`  ${"x".repeat(NAME_CHARS_MAX - 2)}  y  `)).toBe(false); // blanks are made one
  expect(isTooLong("🐂".repeat(NAME_CHARS_MAX))).toBe(false); // each is two units of a text here
  expect(isTooLong("e\u0301".repeat(NAME_CHARS_MAX))).toBe(false); // each is one letter there
});

import { describe, expect, it } from "vitest";
import { leftWords, spanWords } from "$parts/durations";

describe("a span in words", () => {
  it.each([
    [5, "5 seconds"],
    [60, "1 minute"],
    [90, "90 seconds"],
    [120, "2 minutes"],
    [3_600, "1 hour"],
    [86_400, "1 day"],
  ])("says %i seconds as %s", (seconds, words) => expect(spanWords(seconds)).toBe(words));
});

describe("the time left", () => {
  it.each([
    [-5_000, "any moment"],
    [0, "any moment"],
    [400, "1 s left"],
    [99_000, "99 s left"],
    [100_000, "2 min left"],
    [3 * 3_600_000, "3 h left"],
    [72 * 3_600_000, "3 days left"],
  ])("says %i ms as %s", (left_ms, words) => expect(leftWords(left_ms)).toBe(words));
});

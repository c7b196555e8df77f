import { expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import { tabTitle } from "./titles";

const CODE = "K7QM2X";

test("a tab that waits for a plan says so, one that waits for others does not", () => {
  expect(tabTitle(CODE, viewOf(4), false, false)).toBe("Your turn · round 4 · Minotaur");
  expect(tabTitle(CODE, viewOf(4), true, false)).toBe("Round 4 · Minotaur");
  expect(tabTitle(CODE, viewOf(4), false, true)).toBe("Round 4 · Minotaur");
  expect(tabTitle(CODE, { ...viewOf(4), viewer: "spectator" }, false, false)).toBe("Round 4 · Minotaur");
});

test("the end is not told before the last round is", () => {
  const over = { ...viewOf(9), game_status: "concluded" as const };

  expect(tabTitle(CODE, over, false, true)).toBe("Round 9 · Minotaur");
  expect(tabTitle(CODE, over, false, false)).toBe("A draw · Minotaur");
});

test("before the game the tab is told by its code", () => {
  expect(tabTitle(CODE, null, false, false)).toBe("Game K7QM2X · Minotaur");
  expect(tabTitle(CODE, { ...viewOf(0), game_status: "lobby" }, false, false)).toBe("Game K7QM2X · Minotaur");
});

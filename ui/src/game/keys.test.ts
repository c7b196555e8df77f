import { describe, expect, test } from "vitest";
import { DIRECTIONS } from "../board/geometry";
import { actOf, letterOf } from "./keys";

function pressed(code: string, key = "") {
  return actOf({ code, key });
}

describe("the six directions", () => {
  test.each(DIRECTIONS)("the letter shown for $words is the one that goes there", ({ name }) => {
    const act = pressed(`Key${letterOf(name)}`);

    expect(act?.type === "move" && act.direction.name).toBe(name);
  });

  test.each([
    ["Numpad7", "NW"],
    ["Numpad9", "NE"],
    ["Numpad4", "W"],
    ["Numpad6", "E"],
    ["Numpad1", "SW"],
    ["Numpad3", "SE"],
  ])("%s lies on the number pad as %s lies on the board", (code, name) => {
    const act = pressed(code);

    expect(act?.type === "move" && act.direction.name).toBe(name);
  });

  test("it is the place of the key that counts, whatever letter the keyboard's language puts there", () => {
    expect(pressed("KeyQ", "a")).toEqual(pressed("KeyQ", "q"));
  });
});

test.each([
  ["Space", " ", "attack"],
  ["Numpad5", "5", "attack"],
  ["KeyX", "x", "wait"],
  ["Numpad0", "0", "wait"],
  ["Backspace", "Backspace", "undo"],
  ["Enter", "Enter", "ready"],
  ["NumpadEnter", "Enter", "ready"],
])("%s (%s): %s", (code, key, type) => {
  expect(pressed(code, key)).toEqual({ type });
});

test.each([
  ["Tab", "Tab"],
  ["KeyF", "f"],
  ["Escape", "Escape"],
])("%s is left to the browser", (code, key) => {
  expect(pressed(code, key)).toBeNull();
});

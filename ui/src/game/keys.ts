/** The keyboard of the game screen. The six letters lie around the hand as the six hexes lie around the hero. Pure. */

import { DIRECTIONS, type DirectionInfo } from "../board/geometry";
import type { Direction } from "../lib/wire";

export type KeyAct =
  | { type: "move"; direction: DirectionInfo }
  | { type: "attack" }
  | { type: "wait" }
  | { type: "undo" }
  | { type: "ready" };

const LETTERS: Record<Direction, string> = { NW: "Q", NE: "W", E: "E", W: "A", SW: "S", SE: "D" };
const NUMPAD: Record<Direction, string> = { NW: "7", NE: "9", E: "6", W: "4", SW: "1", SE: "3" };

export function letterOf(direction: Direction): string {
  return LETTERS[direction];
}

/** What a key press asks for, by the place of the key on the keyboard where that matters; null for any other key. */
export function actOf(event: Pick<KeyboardEvent, "code" | "key">): KeyAct | null {
  const direction = DIRECTIONS.find(
    ({ name }) => event.code === `Key${LETTERS[name]}` || event.code === `Numpad${NUMPAD[name]}`,
  );
  if (direction !== undefined) return { type: "move", direction };
  if (event.code === "Space" || event.code === "Numpad5") return { type: "attack" };
  if (event.code === "KeyX" || event.code === "Numpad0") return { type: "wait" };
  if (event.key === "Backspace") return { type: "undo" };
  if (event.key === "Enter") return { type: "ready" };
  return null;
}

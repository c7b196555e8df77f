/** What is said to those who watch. Pure. */

import type { View } from "../lib/wire";
import type { Terms } from "./terms";

/** Why the board is what it is for a watcher of a running game; null for whoever plays, and after the end. */
export function watchingWords(view: View, terms: Terms): string | null {
  if (view.viewer === "player" || view.game_status !== "active") return null;
  const opening = view.you !== null ? "You have fallen." : "You are watching.";
  return `${opening} ${boardWords(view, terms)}`;
}

function boardWords({ hexes, shown_round }: View, { closed, late }: Terms): string {
  const rounds = late === 1 ? "one round" : `${counted(late)} rounds`;
  if (hexes.length > 0 && shown_round !== null) return `This is the board of round ${shown_round}, ${rounds} ago.`;
  if (closed) return "The host keeps the board closed to watchers.";
  return `The board comes ${rounds} late: you see it from round ${late + 1} on.`;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

function counted(count: number): string {
  return WORDS[count] ?? String(count);
}

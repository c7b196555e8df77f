/** How a game ended for everybody, from what this viewer was told. Pure. */

import { isOf } from "$lib/events";
import { assertNever } from "@clew/client";
import type { ShownEvent, View, PlayerInfo } from "$lib/wire";
import { UNTOUCHED } from "../game/words";
import { listed } from "../home/standing";

export type Verdict = "won" | "lost" | "draw" | "untouched" | "watched";

export interface Fate {
  readonly player: PlayerInfo;
  readonly you: boolean;
  readonly won: boolean;
  /** In which round they fell; null if they did not, or if nobody told us. */
  readonly round: number | null;
  readonly words: string;
}

export function verdictOf(view: View): Verdict {
  if (view.over_why === "untouched") return "untouched";
  if (view.winner_id === null) return "draw";
  if (view.you === null) return "watched";
  return view.winner_id === view.you.player_id ? "won" : "lost";
}

export function titleOf(view: View): string {
  switch (verdictOf(view)) {
    case "won":
      return "You won";
    case "lost":
      return "You lost";
    case "draw":
      return "A draw";
    case "untouched":
      return "Nobody won";
    case "watched":
      return `${nameOf(view, view.winner_id ?? "")} won`;
  }
}

export function lineOf(view: View): string {
  switch (verdictOf(view)) {
    case "won":
      return "You are the last hero standing. The way out is yours.";
    case "lost":
      return `${nameOf(view, view.winner_id ?? "")} is the last hero standing.`;
    case "draw":
      return "Nobody found the way out.";
    case "untouched":
      return UNTOUCHED;
    case "watched":
      return "The last hero standing.";
  }
}

/** The winner first, then those who lasted longest. */
export function fatesOf(view: View, events: readonly ShownEvent[]): Fate[] {
  const falls = new Map<string, { round: number; words: string }>();
  for (const event of events) {
    if (!isOf(event, "fall")) continue;
    switch (event.type) {
      case "killed":
        falls.set(event.id, { round: event.round, words: deathWords(view, event.by) });
        break;
      case "resigned":
        falls.set(event.id, { round: event.round, words: "gave up" });
        break;
      case "minotaur_slain": // It is no player.
        break;
      default:
        assertNever(event, undefined);
    }
  }
  const fates = view.players.map((player): Fate => {
    const fall = falls.get(player.player_id);
    const won = player.player_id === view.winner_id;
    const words = won
      ? "last one standing"
      : fall === undefined
        ? statusWords(player)
        : `${fall.words}, round ${fall.round}`;
    return {
      player,
      you: player.player_id === view.you?.player_id,
      won,
      round: won ? null : (fall?.round ?? null),
      words,
    };
  });
  return fates.sort((a, b) => lasted(b) - lasted(a));
}

function lasted(fate: Fate): number {
  if (fate.won) return Number.POSITIVE_INFINITY;
  return fate.round ?? Number.MAX_SAFE_INTEGER;
}

function deathWords(view: View, by: readonly string[]): string {
  if (by[0] === "collapse") return "fell into the chasm";
  if (by[0] === "lair") return "wasted away in the lair";
  return `slain by ${listed(by.map((id) => nameOf(view, id)))}`;
}

function statusWords(player: PlayerInfo): string {
  switch (player.player_status) {
    case "resigned":
      return "gave up";
    case "eliminated":
      return "fell";
    case "survived":
    case "playing":
    case "waiting":
    case "won":
      return "survived";
    default:
      return assertNever(player.player_status, "");
  }
}

function nameOf(view: View, id: string): string {
  if (id === "minotaur") return "the Minotaur";
  if (id === view.you?.player_id) return "you";
  return view.players.find((player) => player.player_id === id)?.display_name ?? "somebody";
}

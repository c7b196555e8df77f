/** How a game ended for everybody, from what this viewer was told. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { isOf } from "$lib/events";
import { assertNever } from "@clew/client";
import type { ShownEvent, View, PlayerInfo } from "$lib/wire";
import { listed } from "$parts/catalogue/formats";
import { MINOTAUR, UNTOUCHED } from "../game/words";
import { theMinotaur, you, type Form } from "../lib/people";

const AFTER_THE_STEPS = 5;

export type Verdict = "won" | "lost" | "draw" | "untouched" | "watched";

export interface Fate {
  readonly player: PlayerInfo;
  readonly you: boolean;
  readonly won: boolean;
  /** In which round they fell; null if they did not, or if nobody told us. */
  readonly round: number | null;
  /** In which of its moments: before its steps, after one, or behind them all. */
  readonly moment: number;
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
      return t("end-you-won");
    case "lost":
      return t("end-you-lost");
    case "draw":
      return t("end-draw");
    case "untouched":
      return t("end-nobody");
    case "watched":
      return t("end-won", { name: nameOf(view, view.winner_id ?? "") });
  }
}

export function lineOf(view: View): string {
  switch (verdictOf(view)) {
    case "won":
      return t("end-line-won");
    case "lost":
      return t("end-line-lost", { name: nameOf(view, view.winner_id ?? "") });
    case "draw":
      return t("end-line-draw");
    case "untouched":
      return UNTOUCHED;
    case "watched":
      return t("end-line-watched");
  }
}

/** The winner first, then those who lasted longest. */
export function fatesOf(view: View, events: readonly ShownEvent[]): Fate[] {
  const falls = new Map<string, { round: number; moment: number; words: string }>();
  for (const event of events) {
    if (!isOf(event, "fall")) continue;
    switch (event.type) {
      case "killed":
        falls.set(event.id, {
          round: event.round,
          moment: event.step === 0 ? AFTER_THE_STEPS : event.step,
          words: deathWords(view, event.by),
        });
        break;
      case "resigned":
        falls.set(event.id, { round: event.round, moment: 0, words: t("end-gave-up") });
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
      ? t("end-last")
      : fall === undefined
        ? statusWords(player)
        : t("end-in-round", { fate: fall.words, round: fall.round });
    return {
      player,
      you: player.player_id === view.you?.player_id,
      won,
      round: won ? null : (fall?.round ?? null),
      moment: fall?.moment ?? 0,
      words,
    };
  });
  return fates.sort((a, b) => lasted(b) - lasted(a) || b.moment - a.moment);
}

function lasted(fate: Fate): number {
  if (fate.won) return Number.POSITIVE_INFINITY;
  return fate.round ?? Number.MAX_SAFE_INTEGER;
}

function deathWords(view: View, by: readonly string[]): string {
  if (by[0] === "collapse") return t("end-chasm");
  if (by[0] === "lair") return t("end-lair");
  return t("end-slain", { names: listed(by.map((id) => nameOf(view, id, "by"))) });
}

function statusWords(player: PlayerInfo): string {
  switch (player.player_status) {
    case "resigned":
      return t("end-gave-up");
    case "eliminated":
      return t("end-fell");
    case "survived":
    case "playing":
    case "waiting":
    case "won":
      return t("end-survived");
    default:
      return assertNever(player.player_status, "");
  }
}

function nameOf(view: View, id: string, form: Form = "subject"): string {
  if (id === MINOTAUR) return theMinotaur(form);
  if (id === view.you?.player_id) return you(form);
  return view.players.find((player) => player.player_id === id)?.display_name ?? t("game-somebody");
}

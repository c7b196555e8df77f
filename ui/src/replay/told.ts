/** A replay in words, as somebody would tell it who saw everything. Pure. */

import { assertNever } from "@clew/client";
import type { PlanStep, ReplayEvent, ReplayInitial } from "$lib/wire";
import { directionOf, opposite } from "../board/geometry";
import { t } from "$parts/catalogue/catalogue";
import { listed } from "$parts/catalogue/formats";
import { missOfTheirs } from "../game/misses";
import { named, theMinotaur, type Form } from "../lib/people";
import { heardFrom, wasTold } from "./eyes";
import { MINOTAUR } from "./reduce";

export interface Line {
  readonly seq: number;
  readonly words: string;
  /** Whose doing it is, for the mark before the line. */
  readonly who: string | null;
  readonly mood: "plain" | "blood" | "deep";
}

export type NameOf = (id: string, form?: Form) => string;

export function namesOf(initial: ReplayInitial): NameOf {
  const names = new Map(initial.members.map((member) => [member.player_id, member.display_name]));
  return (id, form = "subject") =>
    id === MINOTAUR ? theMinotaur(form) : named(names.get(id) ?? t("game-somebody"), form);
}

/** Null for what is not worth a line: plans stand beside the log, leaving is told by arriving. */
export function lineOf(event: ReplayEvent, nameOf: NameOf): Line | null {
  const line = (words: string, who: string | null = null, mood: Line["mood"] = "plain"): Line => ({
    seq: event.seq,
    words: capital(words),
    who,
    mood,
  });
  switch (event.type) {
    case "pc_entered_hex": {
      const to = directionOf(opposite(event.from_vector));
      const name = nameOf(event.id);
      return line(
        to === undefined ? t("told-moves", { name }) : t("told-goes", { name, direction: to.words }),
        event.id,
      );
    }
    case "pc_attacked": {
      const miss = missOfTheirs(event.missed, nameOf(event.id), nameOf(event.target_id));
      if (miss !== null) return line(miss, event.id);
      const values = { name: nameOf(event.id), target: nameOf(event.target_id, "object") };
      return event.hit
        ? line(t("told-strikes", { ...values, damage: event.damage }), event.id, "blood")
        : line(t("told-misses", values), event.id);
    }
    case "pc_bumped":
      return line(t("told-wall", { name: nameOf(event.id) }), event.id);
    case "killed":
      return line(deathWords(event.id, event.by, nameOf), event.id, "blood");
    case "resigned":
      return line(t("told-gives-up", { name: nameOf(event.id) }), event.id, "blood");
    case "minotaur_slain":
      return line(
        t("told-slay", { names: listed(event.by.map((id) => nameOf(id))), count: event.by.length }),
        event.by[0] ?? null,
        "blood",
      );
    case "tremor":
      return line(t("told-tremor"), null, "deep");
    case "collapsed":
      return line(t("told-collapsed"), null, "deep");
    case "drained":
      return line(t("told-drained", { damage: event.damage }), null, "deep");
    case "clock_credited":
      if (event.why === "clock_step") return line(t("told-clock-step"));
      if (event.why === "agreed") return null;
      return line(t("told-stood", { count: Math.max(1, Math.round(event.ms / 1000)) }));
    case "game_over":
      if (event.why === "untouched") return line(t("told-untouched"), null, "deep");
      return line(
        event.winner_id === null ? t("told-nobody-wins") : t("told-wins", { name: nameOf(event.winner_id) }),
        event.winner_id,
        "deep",
      );
    case "game_created":
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "command_refused":
    case "round_started":
    case "plan_accepted":
    case "ready_accepted":
    case "pc_left_hex":
    case "noise":
    case "agreed":
      return null;
    case "paused":
      return line(t("told-paused"));
    case "went_on":
      return line(t("told-went-on"));
    case "autopilot_began":
      return line(t("told-autopilot", { name: nameOf(event.id, "by") }), event.id);
    default:
      return assertNever(event, null);
  }
}

/** As it was told to this player; null also for what was not. */
export function lineFor(event: ReplayEvent, viewer: string, nameOf: NameOf): Line | null {
  const heard = heardFrom(event, viewer);
  if (heard !== undefined) {
    return {
      seq: event.seq,
      words: t("told-noise", { name: nameOf(viewer), direction: heard.words }),
      who: null,
      mood: "plain",
    };
  }
  return wasTold(event, viewer) ? lineOf(event, nameOf) : null;
}

export function stepWords(step: PlanStep, nameOf: NameOf): string {
  switch (step.type) {
    case "move": {
      const to = directionOf(step.vector);
      return to === undefined ? t("step-move-somewhere") : t("step-move", { direction: to.words });
    }
    case "attack":
      return t("step-attack", { target: nameOf(step.target_id, "object") });
    case "wait":
      return t("step-wait");
    default:
      return assertNever(step, "?");
  }
}

function deathWords(id: string, by: readonly string[], nameOf: NameOf): string {
  const name = nameOf(id);
  if (by[0] === "collapse") return t("told-chasm", { name });
  if (by[0] === "lair") return t("told-lair", { name });
  return t("told-slain", { name, names: listed(by.map((each) => nameOf(each, "by"))) });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

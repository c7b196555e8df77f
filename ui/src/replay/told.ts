/** A replay in words, as somebody would tell it who saw everything. Pure. */

import { assertNever } from "@clew/client";
import type { PlanStep, ReplayEvent, ReplayInitial } from "$lib/wire";
import { directionOf, opposite } from "../board/geometry";
import { missOfTheirs } from "../game/misses";
import { listed } from "../home/standing";
import { heardFrom, wasTold } from "./eyes";
import { MINOTAUR } from "./reduce";

export interface Line {
  readonly seq: number;
  readonly words: string;
  /** Whose doing it is, for the mark before the line. */
  readonly who: string | null;
  readonly mood: "plain" | "blood" | "deep";
}

export type NameOf = (id: string) => string;

export function namesOf(initial: ReplayInitial): NameOf {
  const names = new Map(initial.members.map((member) => [member.player_id, member.display_name]));
  return (id) => (id === MINOTAUR ? "the Minotaur" : (names.get(id) ?? "somebody"));
}

/** Null for what is not worth a line: plans stand beside the log, leaving is told by arriving. */
export function lineOf(event: ReplayEvent, nameOf: NameOf): Line | null {
  const line = (words: string, who: string | null = null, mood: Line["mood"] = "plain"): Line => ({
    seq: event.seq,
    words: `${capital(words)}.`,
    who,
    mood,
  });
  switch (event.type) {
    case "pc_entered_hex": {
      const to = directionOf(opposite(event.from_vector));
      return line(`${nameOf(event.id)} ${to === undefined ? "moves" : `goes ${to.words}`}`, event.id);
    }
    case "pc_attacked": {
      const target = nameOf(event.target_id);
      const miss = missOfTheirs(event.missed, nameOf(event.id), target);
      if (miss !== null) return { ...line(miss, event.id), words: capital(miss) };
      return event.hit
        ? line(`${nameOf(event.id)} strikes ${target}: −${event.damage}`, event.id, "blood")
        : line(`${nameOf(event.id)} strikes at ${target} and misses`, event.id);
    }
    case "pc_bumped":
      return line(`${nameOf(event.id)} runs into a wall`, event.id);
    case "killed":
      return line(deathWords(event.id, event.by, nameOf), event.id, "blood");
    case "resigned":
      return line(`${nameOf(event.id)} gives up`, event.id, "blood");
    case "minotaur_slain":
      return line(
        `${listed(event.by.map(nameOf))} ${event.by.length === 1 ? "slays" : "slay"} the Minotaur`,
        event.by[0] ?? null,
        "blood",
      );
    case "tremor":
      return line("the ground trembles: a ring cracks", null, "deep");
    case "collapsed":
      return line("a ring falls into the chasm", null, "deep");
    case "drained":
      return line(`the lair takes ${event.damage} health from everyone`, null, "deep");
    case "clock_credited":
      if (event.why === "clock_step") return line("the server's clock was put right");
      if (event.why === "agreed") return null;
      return line(`the game stood still for ${Math.max(1, Math.round(event.ms / 1000))} s`);
    case "game_over":
      if (event.why === "untouched") return line("nobody plays any more: the game is ended", null, "deep");
      return line(
        event.winner_id === null ? "nobody wins" : `${nameOf(event.winner_id)} wins`,
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
      return line("the clock stops, by agreement");
    case "went_on":
      return line("the clock goes on");
    case "autopilot_began":
      return line(`the autopilot plays for ${nameOf(event.id)}, by agreement`, event.id);
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
      words: `${nameOf(viewer)} hears fighting to the ${heard.words}.`,
      who: null,
      mood: "plain",
    };
  }
  return wasTold(event, viewer) ? lineOf(event, nameOf) : null;
}

export function stepWords(step: PlanStep, nameOf: NameOf): string {
  switch (step.type) {
    case "move":
      return `move ${directionOf(step.vector)?.words ?? ""}`.trim();
    case "attack":
      return `attack ${nameOf(step.target_id)}`;
    case "wait":
      return "wait";
    default:
      return assertNever(step, "?");
  }
}

function deathWords(id: string, by: readonly string[], nameOf: NameOf): string {
  if (by[0] === "collapse") return `${nameOf(id)} falls into the chasm`;
  if (by[0] === "lair") return `${nameOf(id)} wastes away`;
  return `${nameOf(id)} is slain by ${listed(by.map(nameOf))}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is heard of what is told: each sound carries meaning, and says nothing the log does not say. Pure. */

import { assertNever } from "@clew/client";
import { directionOf, middle, type Hex } from "../board/geometry";
import type { Direction, ShownEvent } from "../lib/wire";

export type CueKind = "step" | "blow" | "miss" | "horn" | "crack" | "fall" | "turn";

export interface Cue {
  readonly kind: CueKind;
  /** Where it comes from: -1 the west, 1 the east. */
  readonly pan: number;
  /** From the south it sounds as from behind. */
  readonly behind: boolean;
  /** In which step of the round, for those who hear all of it at once; what ends the round comes after its steps. */
  readonly step: number;
}

const VECTORS: Record<Direction, Hex> = {
  E: { q: 1, r: 0 },
  SE: { q: 0, r: 1 },
  SW: { q: -1, r: 1 },
  W: { q: -1, r: 0 },
  NW: { q: 0, r: -1 },
  NE: { q: 1, r: -1 },
};
const AFTER_THE_STEPS = 5;
const NEXT_ROUND = 6;

/** The sounds of some news, in order. Nothing for what was long ago: a page that comes back is silent about it. */
export function cuesOf(events: readonly ShownEvent[], you: string | null): Cue[] {
  const rounds = new Set(events.flatMap((event) => (event.type === "skip" ? [] : [event.round])));
  const first = Math.min(...rounds);
  if ([...rounds].some((round) => round > first + 1)) return [];
  return events.flatMap((event) => cueOf(event, you) ?? []);
}

function cueOf(event: ShownEvent, you: string | null): Cue | null {
  switch (event.type) {
    case "pc_entered_hex":
      return event.id === you ? at("step", event.step) : at("step", event.step, event.from_vector);
    case "pc_left_hex":
      return at("step", event.step, event.to_vector);
    case "pc_attacked":
      return at(event.hit ? "blow" : "miss", event.step);
    case "noise":
      return at("horn", event.step, VECTORS[event.direction]);
    case "tremor":
    case "collapsed":
      return at("crack", AFTER_THE_STEPS);
    case "killed":
      return event.id === you ? at("fall", event.step === 0 ? AFTER_THE_STEPS : event.step) : null;
    case "round_started":
      return you === null ? null : at("turn", NEXT_ROUND);
    case "skip":
    case "pc_bumped":
    case "minotaur_slain":
    case "resigned":
    case "drained":
    case "game_over":
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "game_canceled":
    case "plan_accepted":
    case "ready_accepted":
    case "clock_credited":
    case "agreed":
    case "paused":
    case "went_on":
    case "autopilot_began":
      return null;
    default:
      return assertNever(event, null);
  }
}

function at(kind: CueKind, step: number, from: Hex = { q: 0, r: 0 }): Cue {
  const { x, y } = middle(directionOf(from)?.vector ?? from);
  const far = Math.hypot(x, y);
  return { kind, step, pan: far === 0 ? 0 : x / far, behind: y > 0 };
}

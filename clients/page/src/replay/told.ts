/** What happened in a game that is over, where nothing is secret any more. */

import { assertNever, type ReplayedEvent } from "@clew/client";
import type { Json } from "../json";
import { lineOf, type Line } from "../words/log";
import { sentence } from "../words/pieces";
import { wordsOf, type IsSeat } from "../words/told";

/** Null for what is no news to whoever watches: that somebody was done, or was refused something. */
export function replayLineOf(event: ReplayedEvent, isSeat: IsSeat): Line | null {
  switch (event.type) {
    case "plan_accepted": {
      const said = wordsOf(event.plan as Json, isSeat);
      const rest =
        said.length === 0
          ? sentence("any-plans", { seat: [{ seat: event.id }] })
          : sentence("any-plans-what", { seat: [{ seat: event.id }], plan: said });
      return { key: String(event.seq), seq: event.seq, round: event.round, tone: "mine", title: "", rest };
    }
    case "ready_accepted":
    case "command_refused":
    case "round_started":
      return null;
    case "game_created":
      return lineOf({ ...event, type: "player_joined", is_bot: false }, isSeat);
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "resigned":
    case "happened":
    case "clock_credited":
    case "agreed":
    case "paused":
    case "went_on":
    case "autopilot_began":
    case "game_over":
      return lineOf(event, isSeat);
    default:
      return assertNever(event, null);
  }
}

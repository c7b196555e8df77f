/** A game that is over, as chapters: the state in which each round left it, and what happened on the way there. */

import type { ReplayedEvent, TableReplay } from "@clew/client";
import type { Json } from "../json";

export interface Chapter {
  /** The round whose end this shows; 0: the game is about to begin. */
  readonly round: number;
  readonly state: Json;
  readonly events: readonly ReplayedEvent[];
}

/** One chapter for each state. What happened after the last one belongs to it: that the game is over. */
export function chaptersOf({ events, states }: Pick<TableReplay, "events" | "states">): Chapter[] {
  return states.map(({ seq, round, state }, at) => {
    const from = states[at - 1]?.seq ?? -Infinity;
    const to = at === states.length - 1 ? Infinity : seq;
    return {
      round,
      state: state as Json,
      events: events.filter((event) => event.seq > from && event.seq <= to),
    };
  });
}

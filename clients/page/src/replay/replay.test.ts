import { describe, expect, test } from "vitest";
import type { ReplayedEvent } from "@clew/client";
import { plain } from "../words/pieces";
import { chaptersOf } from "./chapters";
import { replayLineOf } from "./told";

const isSeat = (text: string): boolean => text === "p1";

function event(seq: number, type: string, more: object = {}): ReplayedEvent {
  return { seq, round: 1, at: "2026-01-01T00:00:00.000Z", type, ...more } as ReplayedEvent;
}

describe("a game that is over", () => {
  test("has a chapter for its beginning and one for each round, and every event in one of them", () => {
    const events = [1, 2, 3, 4, 5, 6].map((seq) => event(seq, "happened", { event: {} }));
    const states = [2, 4, 5].map((seq, round) => ({ seq, round, state: { seq } }));

    const chapters = chaptersOf({ events, states });

    expect(chapters.map(({ round, state, events: told }) => [round, state, told.map(({ seq }) => seq)])).toEqual([
      [0, { seq: 2 }, [1, 2]],
      [1, { seq: 4 }, [3, 4]],
      [2, { seq: 5 }, [5, 6]],
    ]);
    expect(chaptersOf({ events, states: [] })).toEqual([]);
  });

  test("tells who planned what, and leaves out what is no news", () => {
    const line = replayLineOf(event(3, "plan_accepted", { id: "p1", plan: { bid: 7 }, command_id: "c" }), isSeat);

    expect(plain(line?.rest ?? [], () => "Ada")).toBe("Ada plans: bid 7");
    expect(
      ["ready_accepted", "command_refused", "round_started", "weather"].map((type) =>
        replayLineOf(event(3, type), isSeat),
      ),
    ).toEqual([null, null, null, null]);
  });
});

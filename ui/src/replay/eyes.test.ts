import { describe, expect, it } from "vitest";
import type { Replay } from "$lib/wire";
import { add, keyOf, subtract, type Hex } from "../board/geometry";
import { heardFrom, seenBy, wasTold, type Seen } from "./eyes";
import { framesOf } from "./reduce";
import recorded from "./whole-game.json";

// A whole game as the server played it, with what its rules let each player see (tests/play/record_game.py).
const replay = recorded.replay as unknown as Replay;
const frames = framesOf(replay);
const TERRAINS = ["floor", "rock", "chasm"] as const;

function keys(hexes: readonly (readonly number[])[]): string[] {
  return hexes.map(([q = NaN, r = NaN]) => keyOf({ q, r })).sort();
}

function keysWhere({ hexes, centre }: Seen, holds: (hex: Seen["hexes"][number]) => boolean): string[] {
  return hexes
    .filter(holds)
    .map((hex: Hex) => keyOf(subtract(hex, centre)))
    .sort();
}

describe.each(replay.initial.heroes.map(({ id }) => id))("the game as %s saw it", (viewer) => {
  const seen = seenBy(replay, frames, viewer);

  it.each(recorded.boards)("shows of round $round (over: $over) what the rules showed then", (board) => {
    const at = board.over ? frames.length - 1 : frames.findIndex((each) => each.round === board.round);
    const now = seen[at];
    const told = board.sights[viewer as keyof typeof board.sights];
    if (now === undefined) throw new Error("the round has no frame");

    for (const terrain of TERRAINS) {
      expect(keysWhere(now, (hex) => hex.lit && hex.terrain === terrain)).toEqual(keys(told[terrain]));
      expect(keysWhere(now, (hex) => !hex.lit && hex.terrain === terrain)).toEqual(keys(told[`${terrain}_remembered`]));
    }
    expect(keysWhere(now, (hex) => hex.cracked)).toEqual(keys(told.cracked));
    expect(
      Object.fromEntries(
        now.figures.map((each) => [each.id, [...Object.values(subtract(each, now.centre)), each.health]]),
      ),
    ).toEqual(told.figures);
    expect(["hero", "everywhere"].includes(now.from)).toBe(told.hero || board.over);
  });
});

describe("what somebody was told", () => {
  it("is their own steps, and nothing of those who walk elsewhere", () => {
    const steps = replay.events.filter((event) => event.type === "pc_entered_hex" && event.round === 2);

    expect(steps.length).toBeGreaterThan(1);
    for (const step of steps) {
      if (step.type !== "pc_entered_hex" || step.id === "minotaur") continue;
      expect(wasTold(step, step.id)).toBe(true);
      expect(replay.initial.heroes.filter(({ id }) => wasTold(step, id)).length).toBeLessThan(4);
    }
  });

  it("is a noise to those who heard it, from where it came to them", () => {
    const noise = replay.events.find((event) => event.type === "noise");
    if (noise?.type !== "noise") throw new Error("a silent game");

    expect(noise.heard_by.every((id) => wasTold(noise, id) && heardFrom(noise, id) !== undefined)).toBe(true);
    expect(heardFrom(noise, "p1")).toBeUndefined();
    expect(heardFrom(noise, "p3")?.words).toBe("south-east");
  });

  it("is a plan to whoever made it only", () => {
    const plan = replay.events.find((event) => event.type === "plan_accepted");
    if (plan?.type !== "plan_accepted") throw new Error("nobody planned");

    const others = replay.initial.heroes.filter(({ id }) => id !== plan.id && wasTold(plan, id));
    expect([wasTold(plan, plan.id), others]).toEqual([true, []]);
  });
});

it("keeps its middle on a hero who lives", () => {
  const walked = seenBy(replay, frames, "p2").filter(({ from }) => from === "hero");

  expect(walked.length).toBeGreaterThan(5);
  for (const { centre, figures } of walked) {
    const own = figures.find(({ id }) => id === "p2");
    expect(own && keyOf(own)).toBe(keyOf(add(centre, { q: 0, r: 0 })));
  }
});

import { describe, expect, it } from "vitest";
import type { ReplayEvent } from "$lib/wire";
import { DIRECTIONS } from "../board/geometry";
import type { Frame } from "./reduce";
import { arrowsOf, effectsOf, fallsOf, roundFrom, turnOf } from "./scene";

function frame(change: Partial<Frame> = {}): Frame {
  return {
    round: 1,
    moment: 0,
    board: {
      hexes: [],
      heroes: [
        { id: "p1", q: 0, r: 0, health: 10, alive: true },
        { id: "p2", q: 2, r: 0, health: 0, alive: false },
      ],
      minotaur: null,
    },
    events: [],
    plans: new Map(),
    autopilot: [],
    ...change,
  };
}

const common = { seq: 1, at: "2025-01-01T12:00:00.000Z", round: 1, step: 1, notation: "" };
const blow = (seq: number, damage: number): ReplayEvent => ({
  ...common,
  seq,
  type: "pc_attacked",
  id: "p2",
  target_id: "p1",
  hex: { q: 0, r: 0 },
  hit: damage > 0,
  damage,
  missed: null,
});

describe("plans as arrows", () => {
  const east = { type: "move", vector: { q: 1, r: 0 } } as const;

  it("follow the moves one after another and skip the rest", () => {
    const arrows = arrowsOf(frame({ plans: new Map([["p1", [east, { type: "wait" }, east]]]) }));

    expect(arrows).toHaveLength(2);
    expect(arrows[1]?.from.x).toBeGreaterThan(arrows[0]?.to.x ?? Infinity);
  });

  it("are shown before anybody moves, and not for the fallen", () => {
    const plans = new Map([
      ["p1", [east]],
      ["p2", [east]],
    ]);

    expect(arrowsOf(frame({ plans })).map((arrow) => arrow.id)).toEqual(["p1"]);
    expect(arrowsOf(frame({ plans, moment: 1 }))).toEqual([]);
  });
});

it("adds up the blows that hit one figure in one step", () => {
  expect(effectsOf(frame({ events: [blow(1, 3), blow(2, 0), blow(3, 4)] }))).toMatchObject([
    { id: "p1", kind: "hit", damage: 7, key: "3" },
  ]);
});

it("turns an arrow to each of the six directions", () => {
  expect(DIRECTIONS.map(({ vector }) => turnOf(vector))).toEqual([0, 60, 120, 180, -120, -60]);
});

describe("the time line", () => {
  const frames = [
    frame(),
    frame({ moment: 2, events: [{ ...common, type: "killed", id: "p2", by: ["p1"] }] }),
    frame({ round: 2 }),
    frame({ round: 2, moment: 1 }),
    frame({ round: 3 }),
  ];

  it("knows where somebody fell", () => {
    expect(fallsOf(frames)).toEqual([{ at: 1, ids: ["p2"] }]);
  });

  it("names side by side who fell together", () => {
    const events = ["p2", "p1"].map((id) => ({ ...common, type: "killed" as const, id, by: [] }));
    expect(fallsOf([frame({ events })])).toEqual([{ at: 0, ids: ["p2", "p1"] }]);
  });

  it("goes from round to round and stops at both ends", () => {
    expect(roundFrom(frames, 0, 1)).toBe(2);
    expect(roundFrom(frames, 4, 1)).toBe(4);
    expect(roundFrom(frames, 3, -1)).toBe(2);
    expect(roundFrom(frames, 0, -1)).toBe(0);
  });
});

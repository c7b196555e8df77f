import { describe, expect, it } from "vitest";
import type { Replay, ReplayEvent, ReplayInitial } from "$lib/wire";
import { distance } from "../board/geometry";
import { framesOf, type Frame } from "./reduce";

/** A tiny labyrinth of radius 2, all floor, two heroes on ring 1 and the Minotaur at home. */
function initial(change: Partial<ReplayInitial> = {}): ReplayInitial {
  const lair = { q: 0, r: 0 };
  const hexes = [];
  for (let q = -2; q <= 2; q++) {
    for (let r = -2; r <= 2; r++) {
      const ring = distance({ q, r }, lair);
      if (ring <= 2) hexes.push({ q, r, terrain: "floor" as const, ring });
    }
  }
  return {
    game_id: "g1",
    join_code: "ABCDEF",
    preset: "labyrinth",
    settings: {},
    seed: 1,
    bot: "hunter",
    members: [
      { player_id: "p1", display_name: "Ada", is_bot: false },
      { player_id: "p2", display_name: "Ben", is_bot: true },
    ],
    lair,
    hexes,
    heroes: [
      { id: "p1", q: 1, r: 0, health: 10, ap: 2 },
      { id: "p2", q: -1, r: 0, health: 10, ap: 2 },
    ],
    minotaur: { q: 0, r: 0, health: 20 },
    started_at: "2025-01-01T12:00:00.000Z",
    notation: "",
    ...change,
  };
}

type Bare<E> = E extends ReplayEvent ? Omit<E, "seq" | "at" | "step" | "notation"> & { step?: number } : never;

function replay(events: Bare<ReplayEvent>[], start = initial()): Replay {
  const numbered = events.map((event, index) => ({
    seq: index + 3,
    at: start.started_at,
    step: 0,
    notation: "",
    ...event,
  }));
  return { initial: start, events: numbered as ReplayEvent[] };
}

const began = (round: number): Bare<ReplayEvent> => ({
  type: "round_started",
  round,
  round_ends_at: "2025-01-01T12:00:30.000Z",
  autopilot: [],
});

const hero = (frame: Frame | undefined, id: string) => frame?.board.heroes.find((one) => one.id === id);

describe("a replay cut into frames", () => {
  it("shows the start if nothing happened", () => {
    const frames = framesOf(replay([]));

    expect(frames).toHaveLength(1);
    expect(hero(frames[0], "p1")).toMatchObject({ q: 1, r: 0, health: 10, alive: true });
    expect(frames[0]?.board.minotaur).toMatchObject({ q: 0, r: 0, health: 20, alive: true });
  });

  it("gives each round a frame of plans and one for each step in which something happened", () => {
    const frames = framesOf(
      replay([
        began(1),
        { type: "plan_accepted", round: 1, id: "p1", steps: [{ type: "wait" }], command_id: "a" },
        {
          type: "pc_left_hex",
          round: 1,
          step: 1,
          id: "p2",
          hex: { q: -1, r: 0 },
          to_vector: { q: 1, r: 0 },
        },
        { type: "pc_entered_hex", round: 1, step: 1, id: "p2", hex: { q: 0, r: 0 }, from_vector: { q: -1, r: 0 } },
        { type: "pc_bumped", round: 1, step: 3, id: "p1", hex: { q: 1, r: 0 }, vector: { q: 1, r: 0 } },
        began(2),
      ]),
    );

    expect(frames.map((frame) => [frame.round, frame.moment])).toEqual([
      [1, 0],
      [1, 1],
      [1, 3],
      [2, 0],
    ]);
    expect(hero(frames[0], "p2")).toMatchObject({ q: -1, r: 0 });
    expect(hero(frames[1], "p2")).toMatchObject({ q: 0, r: 0 });
  });

  it("keeps the last plan each hero made", () => {
    const east = { type: "move", vector: { q: 1, r: 0 } } as const;

    const frames = framesOf(
      replay([
        began(1),
        { type: "plan_accepted", round: 1, id: "p1", steps: [east], command_id: "a" },
        { type: "plan_accepted", round: 1, id: "p2", steps: [east, east], command_id: null },
        { type: "plan_accepted", round: 1, id: "p1", steps: [{ type: "wait" }], command_id: "b" },
        began(2),
      ]),
    );

    expect(Object.fromEntries(frames[0]?.plans ?? [])).toEqual({ p1: [{ type: "wait" }], p2: [east, east] });
    expect(frames[1]?.plans.size).toBe(0);
  });

  it("takes health for hits, not for misses, and lets the dead stay dead", () => {
    const blow = { type: "pc_attacked", round: 1, id: "p1", hex: { q: 0, r: 0 } } as const;

    const frames = framesOf(
      replay([
        began(1),
        { ...blow, step: 1, target_id: "p2", hit: true, damage: 3, missed: null },
        { ...blow, step: 2, target_id: "p2", hit: false, damage: 0, missed: null },
        { ...blow, step: 3, target_id: "p2", hit: true, damage: 9, missed: null },
        { type: "killed", round: 1, step: 3, id: "p2", by: ["p1"] },
      ]),
    );

    expect(frames.map((frame) => hero(frame, "p2")?.health)).toEqual([10, 7, 7, 0]);
    expect(frames.map((frame) => hero(frame, "p2")?.alive)).toEqual([true, true, true, false]);
  });

  it("heals those who slay the Minotaur and live, and only them", () => {
    const frames = framesOf(
      replay([
        began(1),
        {
          type: "pc_attacked",
          round: 1,
          step: 1,
          id: "minotaur",
          target_id: "p1",
          hex: { q: 0, r: 0 },
          hit: true,
          damage: 4,
          missed: null,
        },
        {
          type: "pc_attacked",
          round: 1,
          step: 1,
          id: "p1",
          target_id: "p2",
          hex: { q: 0, r: 0 },
          hit: true,
          damage: 10,
          missed: null,
        },
        {
          type: "pc_attacked",
          round: 1,
          step: 1,
          id: "p2",
          target_id: "minotaur",
          hex: { q: 0, r: 0 },
          hit: true,
          damage: 20,
          missed: null,
        },
        { type: "killed", round: 1, step: 1, id: "p2", by: ["p1"] },
        { type: "minotaur_slain", round: 1, step: 1, by: ["p1", "p2"], healed: ["p1"] },
      ]),
    );

    expect(frames[1]?.board.minotaur).toMatchObject({ health: 0, alive: false });
    expect(hero(frames[1], "p1")?.health).toBe(10);
    expect(hero(frames[1], "p2")?.health).toBe(0);
  });

  it("cracks a ring, lets it fall, and sends the Minotaur on it home", () => {
    const frames = framesOf(
      replay(
        [
          began(1),
          { type: "tremor", round: 1, ring: 2 },
          { type: "pc_bumped", round: 1, step: 1, id: "p1", hex: { q: 1, r: 0 }, vector: { q: 0, r: 1 } },
          { type: "collapsed", round: 1, ring: 2, minotaur_leaps: true },
          { type: "drained", round: 1, damage: 2 },
        ],
        initial({ minotaur: { q: 2, r: 0, health: 20 } }),
      ),
    );
    const edge = (frame: Frame | undefined) => frame?.board.hexes.find((hex) => hex.q === 2 && hex.r === 0);

    expect(edge(frames[0])).toMatchObject({ terrain: "floor", cracked: true });
    expect(frames[2]?.moment).toBe(5);
    expect(edge(frames[2])).toMatchObject({ terrain: "chasm", cracked: false });
    expect(frames[2]?.board.minotaur).toMatchObject({ q: 0, r: 0 });
    expect(frames[2]?.board.heroes.map((one) => one.health)).toEqual([8, 8]);
    expect(frames[2]?.board.hexes.filter((hex) => hex.terrain === "floor")).toHaveLength(7);
  });

  it("puts a game that ends by resigning after the plans", () => {
    const frames = framesOf(
      replay([
        began(1),
        { type: "resigned", round: 1, id: "p1", command_id: "a" },
        { type: "game_over", round: 1, winner_id: "p2", why: null },
      ]),
    );

    expect(frames.map((frame) => frame.moment)).toEqual([0, 5]);
    expect(hero(frames[0], "p1")?.alive).toBe(false);
  });

  it("loses no event", () => {
    const told = replay([
      began(1),
      { type: "tremor", round: 1, ring: 2 },
      began(2),
      { type: "drained", round: 2, damage: 2 },
    ]);

    expect(framesOf(told).flatMap((frame) => frame.events)).toEqual(told.events);
  });
});

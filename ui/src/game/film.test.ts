import { describe, expect, test } from "vitest";
import type { Character, ShownEvent, View, ViewHex } from "../lib/wire";
import { filmOf, isOneRound, wentBy } from "./film";
import { waysOf } from "./ways";

const HERE = { q: 0, r: 0 };

function floor(...places: [number, number][]): ViewHex[] {
  return places.map(([q, r]) => ({ q, r, terrain: "floor", cracked: false, in_sight: true }));
}

function hero(id: string, q: number, r: number, health = 10): Character {
  return { id, kind: "hero", q, r, health };
}

const OPEN = floor([0, 0], [1, 0], [2, 0], [-1, 0], [0, 1], [1, -1], [2, -1], [-2, 0], [3, 0]);

function view(characters: Character[], change: Partial<View> = {}): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round: 4,
    round_ends_at: null,
    round_ms: null,
    you: { player_id: "p1", health: 10, ap: 2, player_status: "playing", autopilot: false, plan: [], ready: false },
    hexes: OPEN,
    characters,
    players: [],
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: 4,
    ...change,
  };
}

const at = (seq: number, step: number) => ({ seq, round: 4, step });
const next = (seq: number): ShownEvent => ({ type: "round_started", seq, round: 5, step: 0 });
const youGoEast = (seq: number, step: number): ShownEvent => ({
  ...at(seq, step),
  type: "pc_entered_hex",
  id: "p1",
  from_vector: { q: -1, r: 0 },
});

describe("what is told as a film", () => {
  const before = view([hero("p1", 0, 0)]);

  test("exactly one round's end, seen from your own hero", () => {
    expect(isOneRound(before, [youGoEast(1, 1), next(2)])).toBe(true);
    expect(isOneRound(null, [youGoEast(1, 1)])).toBe(false);
    expect(isOneRound({ ...before, viewer: "spectator" }, [youGoEast(1, 1)])).toBe(false);
  });

  test("two rounds at once are not, nor is a plan that was accepted", () => {
    const later: ShownEvent = { type: "pc_bumped", id: "p1", vector: HERE, seq: 3, round: 5, step: 1 };
    expect(isOneRound(before, [youGoEast(1, 1), next(2), later])).toBe(false);
    expect(isOneRound(before, [{ ...at(1, 0), type: "plan_accepted", steps: [] }])).toBe(false);
  });
});

describe("ways", () => {
  test("your own way is what you were told of it", () => {
    const before = view([hero("p1", 0, 0)]);
    const events = [youGoEast(1, 1), youGoEast(2, 3)];

    expect(wentBy(events, "p1")).toEqual({ q: 2, r: 0 });
    expect(
      waysOf(before, events, null, { q: 2, r: 0 })
        .get("p1")
        ?.map((place) => place?.q),
    ).toEqual([0, 1, 1, 2, 2]);
  });

  test("somebody who was in sight before and after walks the floor between, early", () => {
    const before = view([hero("p1", 0, 0), hero("p2", 2, 0)]);
    const after = view([hero("p1", 0, 0), hero("p2", 0, 0)]);

    expect(waysOf(before, [], after, HERE).get("p2")).toEqual([{ q: 2, r: 0 }, { q: 1, r: 0 }, HERE, HERE, HERE]);
  });

  test("places after the round are counted from where your hero went", () => {
    const before = view([hero("p1", 0, 0), hero("p2", 1, 0)]);
    const after = view([hero("p1", 0, 0), hero("p2", 0, 0)]);

    expect(waysOf(before, [youGoEast(1, 1)], after, { q: 1, r: 0 }).get("p2")).toEqual(Array(5).fill({ q: 1, r: 0 }));
  });

  test("who leaves your hex is seen going, then is gone; who comes is seen coming", () => {
    const before = view([hero("p1", 0, 0), hero("p2", 0, 0)]);
    const after = view([hero("p1", 0, 0), hero("p3", 0, 0)]);
    const ways = waysOf(
      before,
      [
        { ...at(1, 2), type: "pc_left_hex", id: "p2", to_vector: { q: 1, r: 0 } },
        { ...at(2, 3), type: "pc_entered_hex", id: "p3", from_vector: { q: 0, r: 1 } },
      ],
      after,
      HERE,
    );

    expect(ways.get("p2")).toEqual([HERE, HERE, { q: 1, r: 0 }, null, null]);
    expect(ways.get("p3")).toEqual([null, null, { q: 0, r: 1 }, HERE, HERE]);
  });

  test("the Minotaur's leap is no walk: it is there, and then it is elsewhere", () => {
    const beast = (q: number): Character => ({ id: "minotaur", kind: "minotaur", q, r: 0, health: 20 });
    const far = floor([9, 0]);
    const before = view([hero("p1", 0, 0), beast(1)]);
    const after = view([hero("p1", 0, 0), beast(9)], { hexes: [...OPEN, ...far] });

    expect(
      waysOf(before, [], after, HERE)
        .get("minotaur")
        ?.map((place) => place?.q),
    ).toEqual([1, 1, 1, 1, 9]);
  });
});

describe("scenes", () => {
  const before = view([hero("p1", 0, 0, 7), hero("p2", 0, 0, 3)]);
  const after = view([hero("p1", 0, 0, 4)], { round: 5 });
  const events: ShownEvent[] = [
    { ...at(10, 1), type: "pc_attacked", id: "p2", target_id: "p1", hit: true, damage: 3, missed: null },
    { ...at(11, 1), type: "pc_attacked", id: "p1", target_id: "p2", hit: true, damage: 3, missed: null },
    { ...at(12, 1), type: "killed", id: "p2", by: ["p1"] },
    youGoEast(13, 1),
    { ...at(14, 2), type: "pc_bumped", id: "p1", vector: { q: 1, r: 0 } },
    next(15),
  ];
  const film = filmOf(before, events, after, { q: 5, r: -2 });

  test("in a step blows come first, then deaths, then moves; steps without news take no time", () => {
    expect(film.scenes.map(({ step, effects }) => [step, effects.map(({ kind }) => kind)])).toEqual([
      [1, ["hit", "hit"]],
      [1, []],
      [1, []],
      [2, ["bump"]],
      [0, []],
    ]);
  });

  test("who struck it is known of each blow, so that your own is not in the colour of danger", () => {
    expect(film.scenes[0]?.effects.map(({ yours }) => yours)).toEqual([false, true]);
  });

  test("the log keeps pace with the picture and never runs ahead", () => {
    expect(film.scenes.map(({ told }) => told)).toEqual([11, 12, 13, 14, 14]);
  });

  test("health falls with the blow, and the dead are ash before anyone moves", () => {
    const p2 = film.scenes.map(({ figures }) => figures.find(({ id }) => id === "p2"));
    expect(p2[0]).toMatchObject({ health: 0, fallen: false });
    expect(p2[1]).toMatchObject({ fallen: true });
    expect(film.scenes[0]?.figures.find(({ id }) => id === "p1")).toMatchObject({ health: 4 });
  });

  test("the camera goes with you over a floor that stays where it is", () => {
    expect(film.scenes.map(({ camera }) => camera.q)).toEqual([5, 5, 6, 6, 6]);
    expect(film.origin).toEqual({ q: 6, r: -2 });
    expect(film.scenes[0]?.hexes).toContainEqual({ q: 5, r: -2, terrain: "floor", cracked: false, lit: true });
  });

  test("a round in which nothing was seen is no film", () => {
    expect(filmOf(before, [next(3)], before, HERE).scenes).toEqual([]);
  });

  test("your own fall ends the picture where it happened", () => {
    const gone = view([], { viewer: "spectator", hexes: [] });
    const fall: ShownEvent[] = [
      { ...at(1, 2), type: "pc_attacked", id: "p2", target_id: "p1", hit: true, damage: 7, missed: null },
      { ...at(2, 2), type: "killed", id: "p1", by: ["p2"] },
    ];
    const last = filmOf(before, fall, gone, HERE).scenes.at(-1);

    expect(last?.figures.find(({ id }) => id === "p1")).toMatchObject({ fallen: true, q: 0, r: 0 });
    expect(last?.figures.find(({ id }) => id === "p2")).toMatchObject({ fading: false, q: 0, r: 0 });
    expect(last?.hexes).toHaveLength(OPEN.length);
  });
});

import { describe, expect, test } from "vitest";
import { DIRECTIONS, type DirectionInfo } from "../board/geometry";
import { STEPS_MAX } from "../lib/numbers";
import type { Character, Direction, PlanStep, View, ViewHex } from "../lib/wire";
import {
  blockedSteps,
  costOf,
  ghostOf,
  mayAttack,
  mayMove,
  mayPlan,
  mayWait,
  slotsOf,
  stepTowards,
  targetsOf,
  walkTo,
  without,
} from "./planning";

const E: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const SE: PlanStep = { type: "move", vector: { q: 0, r: 1 } };
const WAIT: PlanStep = { type: "wait" };
const HIT: PlanStep = { type: "attack", target_id: "p2" };

function to(name: Direction): DirectionInfo {
  const found = DIRECTIONS.find((direction) => direction.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function hex(q: number, r: number, terrain: ViewHex["terrain"] = "floor", cracked = false): ViewHex {
  return { q, r, terrain, cracked, in_sight: true };
}

function hero(id: string, q: number, r: number, health = 10): Character {
  return { id, kind: "hero", q, r, health };
}

function view(change: Partial<View> = {}, ap = 2): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round: 1,
    round_ends_at: null,
    round_ms: null,
    you: { player_id: "p1", health: 10, ap, player_status: "playing", autopilot: false, plan: [], ready: false },
    hexes: [hex(0, 0), hex(1, 0), hex(0, 1, "rock"), hex(-1, 1, "chasm"), hex(1, -1, "floor", true)],
    characters: [hero("p1", 0, 0)],
    players: [],
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: 1,
    ...change,
  };
}

describe("where a plan leads", () => {
  test("the ghost stands where the moves lead, attacks and waits leave it there", () => {
    expect(ghostOf([])).toEqual({ q: 0, r: 0 });
    expect(ghostOf([E, HIT, WAIT, SE])).toEqual({ q: 1, r: 1 });
  });

  test("a move and an attack cost one point, a wait nothing", () => {
    expect(costOf([E, HIT, WAIT, WAIT])).toBe(2);
  });

  test("a step taken out leaves the others in their order", () => {
    expect(without([E, HIT, SE], 1)).toEqual([E, SE]);
  });

  test("steps that walk into known rock after a change are marked", () => {
    expect([...blockedSteps(view(), [SE, WAIT, E])]).toEqual([0]);
    expect([...blockedSteps(view(), [E])]).toEqual([]);
  });
});

describe("what may be added", () => {
  test("known rock and chasm are no way, and the reason says so", () => {
    expect(mayMove(view(), [], to("SE"))).toEqual({ ok: false, why: "There is rock to the south-east." });
    expect(mayMove(view(), [], to("SW"))).toEqual({ ok: false, why: "There is only the chasm to the south-west." });
  });

  test("the dark is a way, with a warning; so is cracked stone", () => {
    expect(mayMove(view(), [], to("E"))).toEqual({ ok: true, warning: null });
    expect(mayMove(view(), [E], to("E"))).toMatchObject({ ok: true, warning: expect.stringContaining("can't see") });
    expect(mayMove(view(), [], to("NE"))).toMatchObject({ ok: true, warning: expect.stringContaining("cracked") });
  });

  test("what would have to be in sight and is not lies outside, and is no way", () => {
    expect(mayMove(view(), [], to("W"))).toEqual({ ok: false, why: "The labyrinth ends there." });
    const blind = view({ hexes: [hex(0, 0)] });
    expect(mayMove(blind, [], to("W"))).toMatchObject({ ok: true });
  });

  test("moves are judged from the ghost, not from the hero", () => {
    expect(mayMove(view(), [E], to("W"))).toEqual({ ok: true, warning: null });
    expect(mayMove(view(), [E], to("SW"))).toMatchObject({ ok: false });
  });

  test("without points only waiting is left, and with all steps planned nothing is", () => {
    expect(mayMove(view(), [E, HIT], to("E"))).toEqual({ ok: false, why: "All action points are used." });
    expect(mayMove(view({}, 0), [], to("E"))).toEqual({ ok: false, why: "No action points this round." });
    expect(mayWait(view(), [E, HIT])).toMatchObject({ ok: true });
    expect(mayWait(view(), [E, HIT, WAIT, WAIT])).toEqual({ ok: false, why: `A plan has ${STEPS_MAX} steps at most.` });
  });

  test("an attack on somebody in the ghost's hex is plain, on others a gamble, on yourself nonsense", () => {
    const near = hero("p2", 1, 0);
    const now = view({ characters: [hero("p1", 0, 0), near] });

    expect(mayAttack(now, [E], near)).toEqual({ ok: true, warning: null });
    expect(mayAttack(now, [], near)).toMatchObject({ ok: true, warning: expect.stringContaining("same hex") });
    expect(mayAttack(now, [], hero("p1", 0, 0))).toMatchObject({ ok: false });
  });

  test("who watches, has fallen, or comes too late, plans nothing", () => {
    const you = view().you;
    expect(mayPlan(view({ viewer: "spectator" }))).toMatchObject({ ok: false, why: "You are watching." });
    expect(mayPlan(view({ you: you && { ...you, player_status: "eliminated" } }))).toMatchObject({ ok: false });
    expect(mayPlan(view({ game_status: "concluded" }))).toMatchObject({ ok: false, why: "The game is over." });
  });
});

describe("targets and taps", () => {
  test("whoever shares the ghost's hex comes first, then the nearest, never yourself or the dead", () => {
    const beast: Character = { id: "minotaur", kind: "minotaur", q: 0, r: 0, health: 20 };
    const now = view({
      characters: [hero("p1", 0, 0), hero("p4", 2, 0), beast, hero("p3", 1, 0), hero("p2", 0, 0, 0)],
    });

    expect(targetsOf(now, []).map(({ id }) => id)).toEqual(["minotaur", "p3", "p4"]);
    expect(targetsOf(now, [E]).map(({ id }) => id)).toEqual(["p3", "p4", "minotaur"]);
  });

  test("a tapped hex is a step if it is beside the ghost", () => {
    expect(stepTowards([E], { q: 2, r: 0 }, DIRECTIONS)?.name).toBe("E");
    expect(stepTowards([], { q: 2, r: 0 }, DIRECTIONS)).toBeNull();
    expect(stepTowards([E], { q: 1, r: 0 }, DIRECTIONS)).toBeNull();
  });
});

test("there is a slot for each point, and for each wait before it", () => {
  const ONE_POINT = view({}, 1);

  expect(slotsOf(ONE_POINT, [])).toBe(1);
  expect(slotsOf(ONE_POINT, [WAIT])).toBe(2);
  expect(slotsOf(ONE_POINT, [WAIT, WAIT, WAIT])).toBe(STEPS_MAX);
  expect(slotsOf(ONE_POINT, [WAIT, E])).toBe(2);
  expect(slotsOf(view({}, 9), [E])).toBe(STEPS_MAX);
  expect(slotsOf(view({}, 0), [])).toBe(0);
});

describe("a far hex that is tapped", () => {
  const corridor = { hexes: [hex(0, 0), hex(1, 0), hex(2, 0), hex(2, -1), hex(3, -1), hex(4, -1), hex(0, 2)] };
  const names = (walk: ReturnType<typeof walkTo>) => (walk.ok ? walk.moves.map(({ name }) => name) : walk.why);

  test("is walked to over known floor, by a shortest way", () => {
    expect(names(walkTo(view(corridor, 4), [], { q: 2, r: -1 }))).toEqual(["E", "NE"]);
    expect(names(walkTo(view(corridor, 4), [E], { q: 2, r: -1 }))).toEqual(["NE"]);
  });

  test("is walked towards as far as points and steps last", () => {
    expect(walkTo(view(corridor, 2), [], { q: 4, r: -1 })).toMatchObject({ ok: true, far: 4 });
    expect(names(walkTo(view(corridor, 2), [], { q: 4, r: -1 }))).toEqual(["E", "E"]);
    expect(names(walkTo(view(corridor, 9), [WAIT, WAIT], { q: 4, r: -1 }))).toEqual(["E", "E"]);
  });

  test("is not walked to where no way is known, into rock, or without a point", () => {
    expect(names(walkTo(view(corridor, 4), [], { q: 0, r: 2 }))).toBe("You know no way there.");
    expect(names(walkTo(view({}, 4), [], { q: 0, r: 1 }))).toBe("You know no way there.");
    expect(names(walkTo(view(corridor, 0), [], { q: 2, r: 0 }))).toBe("No action points this round.");
  });
});

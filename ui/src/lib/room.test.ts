import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWorld, T0 } from "@clew/client/testing";
import { Room } from "./room.svelte";
import type { PlanStep, ServerMessage, ShownEvent, View } from "./wire";

const EAST: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const WAIT: PlanStep = { type: "wait" };

let world: FakeWorld;
let room: Room;

function view(round: number, plan: PlanStep[] = [], ready = false): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round,
    round_ends_at: null,
    round_ms: null,
    you: { player_id: "p1", health: 10, ap: 2, player_status: "playing", autopilot: false, plan, ready },
    hexes: [],
    characters: [],
    players: [],
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: round,
  };
}

function welcome(seq: number, shown: View, resumed = true): ServerMessage {
  return {
    type: "welcome",
    mark: "m",
    history: "same",
    seq,
    view: shown,
    server_time: new Date(T0).toISOString(),
    resumed,
    log: [],
  };
}

function events(shown: View, ...told: ShownEvent[]): ServerMessage {
  return { type: "events", mark: "m", seq: told.at(-1)?.seq ?? 0, events: told, view: shown, asides: [] };
}

const started = (seq: number, round: number): ShownEvent => ({ type: "round_started", seq, round, step: 0 });
const planned = (seq: number, steps: PlanStep[]): ShownEvent => ({
  type: "plan_accepted",
  steps,
  seq,
  round: 1,
  step: 0,
});

/** The id of the latest command on the wire. */
function latestId(): string {
  return String(world.socket.commands.at(-1)?.command_id);
}

async function settled(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  vi.stubGlobal("location", { protocol: "https:", host: "example.test" });
  world = new FakeWorld();
  room = new Room("K7QM2X", world);
  room.enter();
});

afterEach(() => vi.unstubAllGlobals());

test("the socket's address is the page's own, by the safe scheme where the page is safe", () => {
  expect(world.socket.url).toBe("wss://example.test/api/v1/games/K7QM2X/socket?changes=1&after=0");
});

test("a plan shows at once as pending, and stands when it is accepted, before any event says so", async () => {
  world.socket.tell(welcome(1, view(1)));
  void room.sendPlan([EAST]);
  expect([room.plan, room.planPending]).toEqual([[EAST], true]);

  world.socket.tell({ type: "accepted", command_id: latestId(), seq: 2 });
  await settled();

  expect([room.plan, room.planPending]).toEqual([[EAST], false]);
});

test("news of an older plan does not push the newer one off the screen", async () => {
  world.socket.tell(welcome(0, view(1)));
  void room.sendPlan([EAST]);
  world.socket.tell({ type: "accepted", command_id: latestId(), seq: 1 });
  await settled();
  void room.sendPlan([WAIT]);
  world.socket.tell({ type: "accepted", command_id: latestId(), seq: 2 });
  await settled();
  world.socket.tell(events(view(1, [EAST]), planned(1, [EAST])));
  expect(room.plan).toEqual([WAIT]);

  world.socket.tell(events(view(1, [WAIT]), planned(2, [WAIT])));
  expect(room.plan).toEqual([WAIT]);
});

test("a refused plan gives the accepted one back, and says why", async () => {
  world.socket.tell(welcome(1, view(1, [WAIT])));
  void room.sendPlan([EAST, EAST, EAST]);
  const error = { code: "too_expensive", message: "You do not have enough action points.", details: {} };
  world.socket.tell({ type: "refused", command_id: latestId(), error });
  await settled();

  expect([room.plan, room.planPending]).toEqual([[WAIT], false]);
  expect(room.notice).toBe("You do not have enough action points.");
});

test("a plan that was on its way when its round ended is forgotten with the round", () => {
  world.socket.tell(welcome(0, view(1)));
  void room.sendPlan([EAST]);
  world.socket.tell(events(view(2), started(1, 2)));

  expect([room.plan, room.planPending]).toEqual([[], false]);
});

test("ready is shown at once, as pending until the view has it, and belongs to one round", async () => {
  world.socket.tell(welcome(0, view(1)));
  void room.sendReady();
  expect([room.ready, room.readyPending]).toEqual([true, true]);
  world.socket.tell({ type: "accepted", command_id: latestId(), seq: 1 });
  await settled();
  world.socket.tell(events(view(1, [], true), { type: "ready_accepted", seq: 1, round: 1, step: 0 }));
  expect([room.ready, room.readyPending]).toEqual([true, false]);

  world.socket.tell(events(view(2), started(2, 2)));
  expect(room.ready).toBe(false);
});

test("a refused ready can be said again", async () => {
  world.socket.tell(welcome(0, view(1)));
  void room.sendReady();
  world.socket.tell({
    type: "refused",
    command_id: latestId(),
    error: { code: "stale_round", message: "Over.", details: {} },
  });
  await settled();

  expect([room.ready, room.notice]).toEqual([false, "Over."]);
});

test("after a break the log goes on without a missing or doubled line, and the bar says so for two seconds", () => {
  world.socket.tell(welcome(0, view(1)));
  world.socket.tell(events(view(1), started(1, 1), started(2, 1)));
  world.socket.breakOff();
  expect(room.status).toBe("reconnecting");
  world.pass(1_000);
  world.socket.tell(welcome(2, view(2)));
  world.socket.tell(events(view(2), started(3, 2), started(4, 2)));

  expect(room.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect([room.back, room.storyIsWhole]).toEqual(["whole", true]);
  world.pass(2_000);
  expect(room.back).toBeNull();
});

test("a gap too long to be told is admitted", () => {
  world.socket.tell(welcome(0, view(1)));
  world.socket.tell(events(view(1), started(1, 1)));
  world.socket.breakOff();
  world.pass(1_000);
  world.socket.tell(welcome(9_000, view(80), false));

  expect([room.back, room.storyIsWhole, room.view?.round]).toEqual(["gap", false, 80]);
});

test("a game that was set back takes the log, the plan and the readiness of the one before with it", async () => {
  world.socket.tell(welcome(0, view(3)));
  world.socket.tell(events(view(3), started(1, 1), started(2, 2), started(3, 3)));
  const planned = room.sendPlan([{ type: "wait" }]);
  const ready = room.sendReady();
  world.socket.breakOff();
  world.pass(1_000);
  const older = { ...welcome(1, view(2), false), history: "changed" as const, mark: "other", log: [started(1, 2)] };
  world.socket.tell(older as ServerMessage);
  await Promise.all([planned, ready]);

  expect(room.events.map(({ seq }) => seq)).toEqual([1]);
  expect([room.view?.round, room.plan, room.planPending, room.ready]).toEqual([2, [], false, false]);
  expect([room.setBackTo, room.notice]).toEqual([2, null]);
  expect(room.back, "something was lost").toBeNull();
  world.socket.breakOff();
  world.pass(1_000);
  expect(world.socket.url).toMatch(/after=1&mark=other$/);
  world.socket.tell(welcome(1, view(2)));
  world.socket.tell(events(view(3), started(2, 3)));
  expect([room.setBackTo, room.setBacks]).toEqual([null, [{ seq: 1, round: 2 }]]);
});

test("that a game was set back is kept at its place, and goes only with the part of the story it stood in", () => {
  const setBack = (seq: number, round: number): void => {
    world.socket.breakOff();
    world.pass(10_000);
    const log = Array.from({ length: seq }, (_, before) => started(before + 1, before + 1));
    const changed = { ...welcome(seq, view(round), false), history: "changed" as const, mark: `m${seq}`, log };
    world.socket.tell(changed as ServerMessage);
  };
  world.socket.tell(welcome(0, view(1)));
  setBack(2, 2);
  setBack(4, 4);
  expect(room.setBacks).toEqual([
    { seq: 2, round: 2 },
    { seq: 4, round: 4 },
  ]);

  setBack(4, 4);
  expect(room.setBacks.map(({ seq }) => seq)).toEqual([2, 4]);
  setBack(3, 3);
  expect(room.setBacks.map(({ seq }) => seq)).toEqual([2, 3]);
  world.socket.breakOff();
  world.pass(10_000);
  world.socket.tell(welcome(90, view(80), false));
  expect([room.setBacks.length, room.setBackTo]).toEqual([2, null]);
});

test("listeners hear each piece of news with the view before it, until they stop", () => {
  const heard: [number | undefined, number][] = [];
  const stop = room.listen((news, before) => heard.push([before?.round, news.view.round]));
  world.socket.tell(welcome(0, view(1)));
  world.socket.tell(events(view(2), started(1, 2)));
  stop();
  world.socket.tell(events(view(3), started(2, 3)));

  expect(heard).toEqual([
    [undefined, 1],
    [1, 2],
  ]);
});

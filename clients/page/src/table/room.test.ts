import { beforeEach, expect, test } from "vitest";
import type { ServerMessage, TableTold, TableTypes, TableView } from "@clew/client";
import { FakeWorld, T0 } from "@clew/client/testing";
import type { Json } from "../json";
import { Room } from "./room.svelte";

let world: FakeWorld;
let room: Room;

function view(round: number, plan: Json = null, ready = false): TableView {
  return {
    agreements: null,
    away_after: 1,
    game_status: "active",
    round,
    round_ends_at: null,
    round_ms: null,
    on_turn: ["p1"],
    you: { player_id: "p1", player_status: "playing", on_turn: true, autopilot: false, plan, ready },
    players: [],
    host_id: "p1",
    seats: 2,
    kept: [],
    winner_ids: [],
    over_why: null,
    waiting_for: [],
    seed_chosen: false,
    viewer: "player",
    round_seconds: 20,
    options: {},
    game: {},
  };
}

function welcome(seq: number, shown: TableView, more: object = {}): ServerMessage<TableTypes> {
  const server_time = new Date(T0).toISOString();
  return {
    type: "welcome",
    mark: "m",
    history: "same",
    seq,
    view: shown,
    server_time,
    resumed: true,
    log: [],
    ...more,
  };
}

function events(shown: TableView, ...told: TableTold[]): ServerMessage<TableTypes> {
  return { type: "events", mark: "m", seq: told.at(-1)?.seq ?? 0, events: told, view: shown };
}

function happened(seq: number): TableTold {
  return { type: "happened", seq, round: 1, event: { type: "Sold" } };
}

function say(message: ServerMessage<TableTypes>): void {
  world.socket.tell(message as never);
}

function answer(type: "accepted" | "refused"): void {
  const command_id = String(world.socket.commands.at(-1)?.command_id);
  if (type === "accepted") say({ type, command_id, seq: 3 });
  else say({ type, command_id, error: { code: "too_expensive", message: "You have 3.", details: {} } });
}

beforeEach(() => {
  world = new FakeWorld();
  Object.assign(globalThis, { location: { protocol: "http:", host: "here" } });
  room = new Room("K7QM2X", "bids.v1", world);
  room.enter();
});

test("a plan stands as soon as it is sent, is pending until it is accepted, and stays when the view comes", async () => {
  say(welcome(2, view(1), { resumed: false }));
  const sent = room.sendPlan({ bid: 7 });
  expect([room.plan, room.planPending]).toEqual([{ bid: 7 }, true]);
  answer("accepted");
  expect(await sent).toEqual({ type: "accepted" });
  expect([room.plan, room.planPending]).toEqual([{ bid: 7 }, false]);
  say(events(view(1, { bid: 7 }), { type: "plan_accepted", plan: { bid: 7 }, seq: 3, round: 1 }));
  expect(room.plan).toEqual({ bid: 7 });

  say(events(view(2), { type: "round_started", seq: 4, round: 2 }));

  expect(room.plan).toBeNull();
});

test("a refused plan leaves the accepted one, and its sentence is given", async () => {
  say(welcome(2, view(1, { bid: 1 })));
  const sent = room.sendPlan({ bid: 9 });
  answer("refused");

  expect(await sent).toEqual({ type: "refused", text: "You have 3." });
  expect(room.plan).toEqual({ bid: 1 });
});

test("a plan goes on over a break of the line, and the page says that nothing was lost", async () => {
  say(welcome(2, view(1)));
  void room.sendPlan({ bid: 7 });
  world.socket.breakOff();
  expect([room.status, room.plan, room.planPending]).toEqual(["reconnecting", { bid: 7 }, true]);
  world.pass(10_000);
  say(welcome(2, view(1)));

  expect([room.status, room.back]).toEqual(["open", "whole"]);
  expect(world.socket.commands).toMatchObject([{ type: "plan", plan: { bid: 7 } }]);
  world.pass(2_000);
  expect(room.back).toBeNull();
});

test("ready is believed at once, and taken back if it is refused", async () => {
  say(welcome(2, view(1)));
  const sent = room.sendReady();
  expect([room.ready, room.readyPending]).toEqual([true, true]);
  answer("refused");
  await sent;

  expect(room.ready).toBe(false);
});

test("a gap in the story is said, and the log goes on from there", () => {
  say(welcome(2, view(1)));
  world.socket.breakOff();
  world.pass(10_000);
  say(welcome(400, view(9), { resumed: false, log: [happened(400)] }));

  expect([room.storyIsWhole, room.back, room.events.map(({ seq }) => seq)]).toEqual([false, "gap", [400]]);
});

test("a game that was set back is another: nothing that was believed is left, and it is said until the round is over", () => {
  say(welcome(0, view(5)));
  say(events(view(5), happened(1)));
  void room.sendPlan({ bid: 7 });
  world.socket.breakOff();
  world.pass(10_000);
  say(welcome(1, view(3), { resumed: false, history: "changed", log: [happened(1)] }));

  expect([room.plan, room.planPending, room.back, room.setBackTo]).toEqual([null, false, null, 3]);
  expect(room.events).toHaveLength(1);
  say(events(view(4), { type: "round_started", seq: 2, round: 4 }));
  expect([room.setBackTo, room.setBacks]).toEqual([null, [{ seq: 1, round: 3 }]]);
});

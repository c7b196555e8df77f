import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorld, T0, type FakeSocket } from "../../tests/fake_world";
import {
  BUSY_RETRY_MS,
  CONNECT_MAX_MS,
  Connection,
  PING_EVERY_MS,
  SILENCE_MAX_MS,
  SUBPROTOCOL,
  TRY_LATER_MIN_MS,
  type ClosedReason,
  type News,
  type Status,
} from "./connection";
import type { Answer } from "./outbox";
import type { PlanStep, ServerMessage, ShownEvent, View } from "./wire";

const EAST: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const WAIT: PlanStep = { type: "wait" };

function viewOf(round: number): View {
  return {
    game_status: "active",
    round,
    round_ends_at: null,
    you: null,
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

function welcome(seq: number, resumed = true): ServerMessage {
  return { type: "welcome", seq, view: viewOf(seq), server_time: new Date(T0).toISOString(), resumed };
}

function event(seq: number): ShownEvent {
  return { type: "round_started", seq, round: seq, step: 0 };
}

function events(...seqs: number[]): ServerMessage {
  const last = seqs.at(-1) ?? 0;
  return { type: "events", seq: last, events: seqs.map(event), view: viewOf(last) };
}

let world: FakeWorld;
let news: News[];
let states: [Status, ClosedReason | null][];
let connection: Connection;

/** The numbers of all events that were handed on, in order. */
function told(): number[] {
  return news.flatMap((piece) => piece.events.map(({ seq }) => seq));
}

function breakAndReturn(): FakeSocket {
  world.socket.breakOff();
  world.pass(10_000);
  return world.socket;
}

beforeEach(() => {
  world = new FakeWorld();
  news = [];
  states = [];
  connection = new Connection(
    (after) => `ws://here/socket?after=${after}`,
    {
      onNews: (piece) => news.push(piece),
      onStatus: (status, reason) => states.push([status, reason]),
    },
    world,
  );
  connection.start();
});

describe("events", () => {
  test("the first connection asks for the whole story, by the subprotocol", () => {
    expect(world.socket.url).toBe("ws://here/socket?after=0");
    expect(world.socket.subprotocol).toBe(SUBPROTOCOL);
    expect(connection.status).toBe("connecting");
  });

  test("all that happened before follows the welcome, then what happens now", () => {
    world.socket.tell(welcome(0));
    world.socket.tell(events(1, 2, 3));
    world.socket.tell(events(4));

    expect(news.map(({ kind }) => kind)).toEqual(["resumed", "live", "live"]);
    expect(told()).toEqual([1, 2, 3, 4]);
  });

  test("a reconnect goes on after the last event and nothing is told twice", () => {
    world.socket.tell(welcome(0));
    world.socket.tell(events(1, 2));

    const second = breakAndReturn();
    second.tell(welcome(2));
    second.tell(events(1, 2, 3, 4));

    expect(second.url).toBe("ws://here/socket?after=2");
    expect(told()).toEqual([1, 2, 3, 4]);
  });

  test("a repeated message says nothing new", () => {
    world.socket.tell(welcome(0));
    world.socket.tell(events(1));
    world.socket.tell(events(1));

    expect(told()).toEqual([1]);
    expect(news).toHaveLength(2);
  });

  test("skips count but are not told", () => {
    world.socket.tell(welcome(0));
    world.socket.tell({
      type: "events",
      seq: 3,
      events: [{ type: "skip", seq: 1 }, { type: "skip", seq: 2 }, event(3)],
      view: viewOf(3),
    });

    expect(told()).toEqual([3]);
    expect(connection.seq).toBe(3);
  });

  test("a gap in the numbers is loss: the story is asked for again from before it", () => {
    world.socket.tell(welcome(0));
    world.socket.tell(events(1));
    const first = world.socket;
    first.tell(events(3));
    world.pass(10_000);

    const second = world.socket;
    second.tell(welcome(1));
    second.tell(events(2, 3));

    expect(first.closedWith).toBe(1000);
    expect(second.url).toBe("ws://here/socket?after=1");
    expect(told()).toEqual([1, 2, 3]);
  });

  test("too long a gap gives a fresh view, and the story goes on after it", () => {
    world.socket.tell(welcome(0));
    world.socket.tell(events(1));
    const second = breakAndReturn();
    second.tell(welcome(9000, false));
    second.tell(events(9001));

    expect(news.map(({ kind }) => kind)).toEqual(["resumed", "live", "fresh", "live"]);
    expect(told()).toEqual([1, 9001]);
  });

  test("an old socket that still speaks is not heard", () => {
    world.socket.tell(welcome(0));
    const old = world.socket;
    old.tell({ type: "reconnect", after_ms: 10 });
    world.pass(10);
    world.socket.tell(welcome(0));
    old.tell(events(1, 2, 3));
    old.breakOff();

    expect(told()).toEqual([]);
    expect(connection.status).toBe("open");
  });
});

describe("coming back", () => {
  test("the delays grow, are bounded, and are jittered by chance", () => {
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const before = world.sockets.length;
      world.socket.breakOff();
      const from = world.now;
      while (world.sockets.length === before) world.pass(50);
      waits.push(world.now - from);
    }

    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000, 8000]);
    world.luck = 0;
    const before = world.sockets.length;
    world.socket.breakOff();
    world.pass(4000);
    expect(world.sockets.length).toBe(before + 1);
  });

  test("a server that answers pings is trusted again: the delays start anew", () => {
    for (let i = 0; i < 4; i += 1) {
      world.socket.breakOff();
      world.pass(8_000);
    }
    world.socket.tell(welcome(0));
    world.socket.tell({ type: "pong", nonce: "1", server_time: new Date(T0).toISOString() });
    const before = world.sockets.length;
    world.socket.breakOff();
    world.pass(300);

    expect(world.sockets.length).toBe(before + 1);
  });

  test("`reconnect` is obeyed to the millisecond, and is no reason to worry", () => {
    world.socket.tell(welcome(0));
    const first = world.socket;
    first.tell({ type: "reconnect", after_ms: 350 });
    world.pass(349);
    expect(world.sockets).toHaveLength(1);
    world.pass(1);

    expect(first.closedWith).toBe(1000);
    expect(world.sockets).toHaveLength(2);
    expect(states.map(([status]) => status)).toEqual(["open", "reconnecting"]);
  });

  test("`restarting` comes back soon, `try again later` not so soon", () => {
    world.socket.breakOff(1012);
    world.pass(300);
    expect(world.sockets).toHaveLength(2);

    world.socket.breakOff(1013);
    world.pass(TRY_LATER_MIN_MS - 1);
    expect(world.sockets).toHaveLength(2);
    world.pass(1);
    expect(world.sockets).toHaveLength(3);
  });

  test("before the first welcome nobody is told that the line is down", () => {
    world.socket.breakOff();

    expect(states).toEqual([]);
    expect(connection.status).toBe("connecting");
  });

  test.each([
    [1000, "done"],
    [1008, "not_allowed"],
    [4401, "not_signed_in"],
    [4404, "no_such_game"],
  ] as const)("code %i is final: %s", (code, reason) => {
    world.socket.tell(welcome(0));
    world.socket.breakOff(code);
    world.pass(60_000);

    expect(world.sockets).toHaveLength(1);
    expect(states.at(-1)).toEqual(["closed", reason]);
    expect(world.timers).toBe(0);
  });

  test("the player can ask for another try even then", () => {
    world.socket.tell(welcome(0));
    world.socket.breakOff(1008);
    connection.retryNow();
    world.socket.tell(welcome(0));

    expect(states.map(([status]) => status)).toEqual(["open", "closed", "reconnecting", "open"]);
  });

  test("a device that woke up tries at once instead of waiting", () => {
    for (let i = 0; i < 6; i += 1) {
      world.socket.breakOff();
      world.pass(8_000);
    }
    world.socket.breakOff();
    const before = world.sockets.length;
    connection.retryNow();

    expect(world.sockets.length).toBe(before + 1);
  });

  test("a try that hangs is given up", () => {
    world.pass(CONNECT_MAX_MS + 300);

    expect(world.sockets).toHaveLength(2);
  });

  test("a server that has gone silent is left, one that answers is not", () => {
    world.socket.tell(welcome(0));
    for (let i = 1; i <= 6; i += 1) {
      world.pass(PING_EVERY_MS);
      world.socket.tell({ type: "pong", nonce: String(i), server_time: new Date(world.now).toISOString() });
    }
    expect(world.sockets).toHaveLength(1);

    world.pass(SILENCE_MAX_MS + PING_EVERY_MS + 1_000);
    expect(world.sockets.length).toBeGreaterThan(1);
  });

  test("after leaving nothing is left running", () => {
    world.socket.tell(welcome(0));
    connection.stop();
    world.pass(120_000);

    expect(world.sockets).toHaveLength(1);
    expect(world.timers).toBe(0);
    expect(states.at(-1)).toEqual(["closed", "left"]);
  });
});

describe("commands", () => {
  function idOf(index: number, socket: FakeSocket = world.socket): string {
    return String(socket.commands[index]?.command_id);
  }

  test("a command waits for the welcome, and settles by its answer", async () => {
    const answer = connection.command({ type: "plan", round: 3, steps: [EAST] });
    expect(world.socket.sent).toEqual([]);

    world.socket.tell(welcome(0));
    expect(world.socket.commands).toEqual([{ type: "plan", command_id: idOf(0), round: 3, steps: [EAST] }]);
    expect(idOf(0)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

    world.socket.tell({ type: "accepted", command_id: idOf(0), seq: 7 });
    expect(await answer).toEqual({ type: "accepted", seq: 7 });
  });

  test("what was not answered is sent again with the same id, once on each connection, until it is", async () => {
    world.socket.tell(welcome(0));
    const answer = connection.command({ type: "plan", round: 1, steps: [EAST] });
    const id = idOf(0);
    const second = breakAndReturn();
    second.tell(welcome(0));
    const third = breakAndReturn();
    third.tell(welcome(0));
    third.tell({ type: "accepted", command_id: id, seq: 2 });
    const fourth = breakAndReturn();
    fourth.tell(welcome(0));

    expect([second, third].map((socket) => socket.commands.map(({ command_id }) => command_id))).toEqual([[id], [id]]);
    expect(fourth.commands).toEqual([]);
    expect(await answer).toEqual({ type: "accepted", seq: 2 });
  });

  test("order holds: ready never overtakes the plan before it, even across a break", () => {
    world.socket.tell(welcome(0));
    void connection.command({ type: "plan", round: 1, steps: [EAST] });
    void connection.command({ type: "ready", round: 1 });
    expect(world.socket.commands.map(({ type }) => type)).toEqual(["plan"]);

    const second = breakAndReturn();
    second.tell(welcome(0));
    second.tell({ type: "accepted", command_id: idOf(0, second), seq: 1 });

    expect(second.commands.map(({ type }) => type)).toEqual(["plan", "ready"]);
  });

  test("of plans made while away only the last is sent; one already sent is not taken back", async () => {
    world.socket.tell(welcome(0));
    const sent = connection.command({ type: "plan", round: 1, steps: [EAST] });
    world.socket.breakOff();
    const dropped = connection.command({ type: "plan", round: 1, steps: [EAST, EAST] });
    const last = connection.command({ type: "plan", round: 1, steps: [WAIT] });
    world.pass(10_000);
    world.socket.tell(welcome(0));
    world.socket.tell({ type: "accepted", command_id: idOf(0), seq: 1 });
    world.socket.tell({ type: "accepted", command_id: idOf(1), seq: 2 });

    expect(world.socket.commands.map(({ steps }) => steps)).toEqual([[EAST], [WAIT]]);
    expect(await Promise.all([sent, dropped, last])).toEqual<Answer[]>([
      { type: "accepted", seq: 1 },
      { type: "superseded" },
      { type: "accepted", seq: 2 },
    ]);
  });

  test("a refusal is an answer", async () => {
    world.socket.tell(welcome(0));
    const answer = connection.command({ type: "ready", round: 1 });
    const error = { code: "stale_round", message: "That round is over.", details: {} };
    world.socket.tell({ type: "refused", command_id: idOf(0), error });

    expect(await answer).toEqual({ type: "refused", error });
  });

  test("busy is no answer: the same command is sent again after a while", async () => {
    world.socket.tell(welcome(0));
    const answer = connection.command({ type: "ready", round: 1 });
    world.socket.tell({ type: "refused", command_id: idOf(0), error: { code: "busy", message: "", details: {} } });
    expect(world.socket.commands).toHaveLength(1);
    world.pass(BUSY_RETRY_MS);

    expect(idOf(1)).toBe(idOf(0));
    world.socket.tell({ type: "accepted", command_id: idOf(1), seq: 5 });
    expect(await answer).toEqual({ type: "accepted", seq: 5 });
  });

  test("an answer to something else, or given twice, does nothing", () => {
    world.socket.tell(welcome(0));
    void connection.command({ type: "plan", round: 1, steps: [] });
    void connection.command({ type: "ready", round: 1 });
    const id = idOf(0);
    world.socket.tell({ type: "accepted", command_id: "somebody else's", seq: 1 });
    expect(world.socket.commands).toHaveLength(1);
    world.socket.tell({ type: "accepted", command_id: id, seq: 1 });
    world.socket.tell({ type: "accepted", command_id: id, seq: 1 });

    expect(world.socket.commands.map(({ type }) => type)).toEqual(["plan", "ready"]);
  });

  test("when the line is closed for good, whoever waits is told", async () => {
    world.socket.tell(welcome(0));
    const waiting = connection.command({ type: "ready", round: 1 });
    world.socket.breakOff(4401);

    expect(await waiting).toEqual({ type: "closed" });
    expect(await connection.command({ type: "resign" })).toEqual({ type: "closed" });
  });
});

describe("the server's clock", () => {
  test("the welcome gives a first idea, a quick pong a better one", () => {
    const ahead = (ms: number): string => new Date(world.now + ms).toISOString();
    world.socket.tell({ type: "welcome", seq: 0, view: viewOf(1), server_time: ahead(4_800), resumed: true });
    expect(connection.clock.offset_ms).toBe(4_800);

    world.pass(100);
    world.socket.tell({ type: "pong", nonce: "1", server_time: ahead(4_950) });
    expect(connection.clock.offset_ms).toBe(5_000);

    world.pass(PING_EVERY_MS + 2_000);
    world.socket.tell({ type: "pong", nonce: "2", server_time: ahead(4_000) });
    expect(connection.clock.offset_ms).toBe(5_000);
    expect(connection.clock.now()).toBe(world.now + 5_000);
  });
});

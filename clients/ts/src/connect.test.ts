import { describe, expect, test, vi } from "vitest";
import { Connected, events, socketAt, welcome, type Tiny } from "../tests/connected.js";
import { connect, type Pending } from "./index.js";
import { FakeWorld } from "./testing.js";

describe("who connects", () => {
  test("goes on from what was known before, of which history that was", () => {
    const line = new Connected({ after: 7, mark: "m7" });
    expect(line.world.socket.url).toBe(socketAt(7, "m7"));

    line.world.socket.tell(welcome(7));
    line.world.socket.tell(events(8));

    expect(line.told()).toEqual([8]);
    expect([line.connection.seq, line.connection.mark]).toEqual([8, "m"]);
  });

  test("asks the server this page came from, unless it is told another", () => {
    vi.stubGlobal("location", { protocol: "https:", host: "play.example" });
    const world = new FakeWorld();
    connect<Tiny>({ code: "K7QM2X", subprotocol: "tiny.v1", environment: world });
    vi.unstubAllGlobals();

    expect(world.socket.url).toBe("wss://play.example/api/v1/games/K7QM2X/socket?changes=1&after=0");
  });

  test("is told of another history as of nothing else", () => {
    const world = new FakeWorld();
    const heard: string[] = [];
    connect<Tiny>({
      code: "K7QM2X",
      subprotocol: "tiny.v1",
      url: "http://here",
      after: 9,
      mark: "m9",
      on: {
        welcome: ({ kind }) => heard.push(`welcome ${kind}`),
        events: ({ kind }) => heard.push(`events ${kind}`),
        historyChanged: ({ kind, seq }) => heard.push(`${kind} ${seq}`),
      },
      environment: world,
    });
    world.socket.tell({ ...welcome(3, false), history: "changed" } as never);
    world.socket.tell(events(4));

    expect(heard).toEqual(["changed 3", "events live"]);
  });

  test("is told once that there is no point any more, and why", () => {
    const world = new FakeWorld();
    const closed = vi.fn();
    connect<Tiny>({ code: "K7QM2X", subprotocol: "tiny.v1", url: "http://here", on: { closed }, environment: world });
    world.socket.breakOff(4404);
    world.pass(60_000);

    expect(closed.mock.calls).toEqual([["no_such_game"]]);
    expect(world.sockets).toHaveLength(1);
  });
});

describe("a command", () => {
  function shown(pending: readonly Pending<Tiny>[]): string[] {
    return pending.map(({ command, sent }) => `${command.type} ${sent ? "sent" : "waits"}`);
  }

  test("is pending from when it is given until it is answered, across a break", () => {
    const line = new Connected();
    void line.connection.send({ type: "plan", round: 1, steps: [] });
    void line.connection.send({ type: "ready", round: 1 });
    expect(shown(line.connection.pending)).toEqual(["plan waits", "ready waits"]);

    line.world.socket.tell(welcome(0));
    expect(shown(line.connection.pending)).toEqual(["plan sent", "ready waits"]);
    const [first] = line.connection.pending;
    const second = line.breakAndReturn();
    second.tell(welcome(0));
    second.tell({ type: "accepted", command_id: String(first?.command_id), seq: 1 });

    expect(shown(line.connection.pending)).toEqual(["ready sent"]);
  });

  test("tells of every change of what is pending, and ends with nothing", () => {
    const world = new FakeWorld();
    const seen: string[][] = [];
    const connection = connect<Tiny>({
      code: "K7QM2X",
      subprotocol: "tiny.v1",
      url: "http://here",
      on: { pending: (pending) => seen.push(shown(pending)) },
      environment: world,
    });
    void connection.send({ type: "plan", round: 1, steps: ["a"] });
    void connection.send({ type: "plan", round: 1, steps: ["b"] });
    world.socket.tell(welcome(0));
    connection.stop();

    expect(seen).toEqual([["plan waits"], ["plan waits"], ["plan sent"], []]);
  });

  test("that changed nothing is named with its refusal, an echo of it is not", () => {
    const line = new Connected();
    line.world.socket.tell(welcome(0));
    void line.connection.send({ type: "ready", round: 3 });
    const [{ command_id } = { command_id: "" }] = line.connection.pending;
    const error = { code: "stale_round", message: "That round is over.", details: {} };
    line.world.socket.tell({ type: "refused", command_id, error });
    line.world.socket.tell({ type: "refused", command_id, error });

    expect(line.refusals).toEqual([{ command_id, command: { type: "ready", round: 3 }, error }]);
    expect(line.connection.pending).toEqual([]);
  });
});

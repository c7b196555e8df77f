import { beforeEach, describe, expect, test, vi } from "vitest";
import { Connected, event, events, viewOf, welcome, socketAt } from "../tests/connected.js";
import { PING_EVERY_MS } from "./line.js";

let line: Connected;

beforeEach(() => {
  line = new Connected();
});

describe("events", () => {
  test("the first line.connection asks for the whole story, by the subprotocol", () => {
    expect(line.world.socket.url).toBe(socketAt(0));
    expect(line.world.socket.subprotocol).toBe("tiny.v1");
    expect(line.connection.status).toBe("connecting");
  });

  test("all that happened before follows the welcome, then what happens now", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1, 2, 3));
    line.world.socket.tell(events(4));

    expect(line.news.map(({ kind }) => kind)).toEqual(["resumed", "live", "live"]);
    expect(line.told()).toEqual([1, 2, 3, 4]);
  });

  test("a reconnect goes on after the last event and nothing is told twice", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1, 2));

    const second = line.breakAndReturn();
    second.tell(welcome(2));
    second.tell(events(1, 2, 3, 4));

    expect(second.url).toBe(socketAt(2, "m"));
    expect(line.told()).toEqual([1, 2, 3, 4]);
  });

  test("a repeated message says nothing new", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1));
    line.world.socket.tell(events(1));

    expect(line.told()).toEqual([1]);
    expect(line.news).toHaveLength(2);
  });

  test("what has changed of a view is made a view, from the latest of the same socket", () => {
    const first = line.world.socket;
    first.tell(welcome(0));
    first.tell({ type: "changes", mark: "m", seq: 1, events: [event(1)], changes: { round: 5 } });
    first.tell({ type: "changes", mark: "m", seq: 2, events: [event(2)], changes: {} });
    expect(line.news.at(-1)?.view).toEqual({ round: 5 });

    const second = line.breakAndReturn();
    second.tell(welcome(2));
    second.tell({ type: "changes", mark: "m", seq: 3, events: [event(3)], changes: {} });

    expect(line.news.at(-1)?.view).toEqual(viewOf(2));
    expect(line.told()).toEqual([1, 2, 3]);
  });

  test("skips count but are not told", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell({
      type: "events",
      mark: "m",
      seq: 3,
      events: [{ type: "skip", seq: 1 }, { type: "skip", seq: 2 }, event(3)],
      view: viewOf(3),
    });

    expect(line.told()).toEqual([3]);
    expect(line.connection.seq).toBe(3);
  });

  test("a gap in the numbers is loss: the story is asked for again from before it", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1));
    const first = line.world.socket;
    first.tell(events(3));
    line.world.pass(10_000);

    const second = line.world.socket;
    second.tell(welcome(1));
    second.tell(events(2, 3));

    expect(first.closedWith).toBe(1000);
    expect(second.url).toBe(socketAt(1, "m"));
    expect(line.told()).toEqual([1, 2, 3]);
  });

  test("too long a gap gives a fresh view, and the story goes on after it", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1));
    const second = line.breakAndReturn();
    second.tell(welcome(9000, false));
    second.tell(events(9001));

    expect(line.news.map(({ kind }) => kind)).toEqual(["resumed", "live", "fresh", "live"]);
    expect(line.told()).toEqual([1, 9001]);
  });

  test("after too long a gap the latest of what was missed comes with the welcome, and nothing twice", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.tell(events(1, 2));
    const second = line.breakAndReturn();
    second.tell(welcome(9000, false, [2, 8998, 9000]));
    second.tell(events(9001));

    expect(line.news[2]?.events.map(({ seq }) => seq)).toEqual([8998, 9000]);
    expect(line.told()).toEqual([1, 2, 8998, 9000, 9001]);
  });

  test("a welcome of a server that keeps no log is as good", () => {
    line.world.socket.tell(welcome(0));
    const { log: _, ...plain } = welcome(7, false) as { log: unknown };
    line.breakAndReturn().tell(plain as never);

    expect(line.connection.seq).toBe(7);
    expect(line.connection.status).toBe("open");
  });

  test("a server that is still starting is no error, one that cannot read us is", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const error = (code: string) => ({ type: "error" as const, error: { code, message: "Try again.", details: {} } });

    line.world.socket.tell(error("not_ready"));
    expect(warn).not.toHaveBeenCalled();
    line.world.socket.tell(error("malformed"));
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  test("an old socket that still speaks is not heard", () => {
    line.world.socket.tell(welcome(0));
    const old = line.world.socket;
    old.tell({ type: "reconnect", after_ms: 10 });
    line.world.pass(10);
    line.world.socket.tell(welcome(0));
    old.tell(events(1, 2, 3));
    old.breakOff();

    expect(line.told()).toEqual([]);
    expect(line.connection.status).toBe("open");
  });
});

describe("the server's clock", () => {
  test("the welcome gives a first idea, a quick pong a better one", () => {
    const ahead = (ms: number): string => new Date(line.world.now + ms).toISOString();
    line.world.socket.tell({
      type: "welcome",
      mark: "m",
      history: "same",
      seq: 0,
      view: viewOf(1),
      server_time: ahead(4_800),
      resumed: true,
      log: [],
    });
    expect(line.ahead_ms).toBe(4_800);

    line.world.pass(100);
    line.world.socket.pong(line.world.now + 4_950);
    expect(line.ahead_ms).toBe(5_000);

    line.world.pass(PING_EVERY_MS + 1_000);
    line.world.socket.pong(line.world.now + 4_500);
    expect(line.ahead_ms).toBe(5_000);
    expect(line.connection.serverNow()).toBe(line.world.now + 5_000);
  });
});

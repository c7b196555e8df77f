import { beforeEach, describe, expect, test } from "vitest";
import { Connected, welcome } from "../tests/connected.js";
import { CONNECT_MIN_MS, TRY_LATER_MIN_MS } from "./lines.js";

let line: Connected;

beforeEach(() => {
  line = new Connected();
});

describe("coming back", () => {
  test("the delays grow, are bounded, and are jittered by chance", () => {
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const before = line.world.sockets.length;
      line.world.socket.breakOff();
      const from = line.world.now;
      while (line.world.sockets.length === before) line.world.pass(50);
      waits.push(line.world.now - from);
    }

    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 4800, 4800, 4800]);
    line.world.luck = 0;
    const before = line.world.sockets.length;
    line.world.socket.breakOff();
    line.world.pass(2400);
    expect(line.world.sockets.length).toBe(before + 1);
  });

  test("a server that answers pings is trusted again: the delays start anew", () => {
    for (let i = 0; i < 4; i += 1) {
      line.world.socket.breakOff();
      line.world.pass(8_000);
    }
    line.world.socket.tell(welcome(0));
    line.world.socket.pong();
    const before = line.world.sockets.length;
    line.world.socket.breakOff();
    line.world.pass(300);

    expect(line.world.sockets.length).toBe(before + 1);
  });

  test("`reconnect` is obeyed to the millisecond, and is no reason to worry", () => {
    line.world.socket.tell(welcome(0));
    const first = line.world.socket;
    first.tell({ type: "reconnect", after_ms: 350 });
    line.world.pass(349);
    expect(line.world.sockets).toHaveLength(1);
    line.world.pass(1);

    expect(first.closedWith).toBe(1000);
    expect(line.world.sockets).toHaveLength(2);
    expect(line.states.map(([status]) => status)).toEqual(["open", "reconnecting"]);
  });

  test("`restarting` comes back soon, `try again later` not so soon", () => {
    line.world.socket.breakOff(1012);
    line.world.pass(300);
    expect(line.world.sockets).toHaveLength(2);

    line.world.socket.breakOff(1013);
    line.world.pass(TRY_LATER_MIN_MS - 1);
    expect(line.world.sockets).toHaveLength(2);
    line.world.pass(1);
    expect(line.world.sockets).toHaveLength(3);
  });

  test("before the first welcome nobody is told that the line is down", () => {
    line.world.socket.breakOff();

    expect(line.states).toEqual([]);
    expect(line.connection.status).toBe("connecting");
  });

  test.each([
    [1000, "done"],
    [1008, "not_allowed"],
    [4401, "not_signed_in"],
    [4404, "no_such_game"],
  ] as const)("code %i is final: %s", (code, reason) => {
    line.world.socket.tell(welcome(0));
    line.world.socket.breakOff(code);
    line.world.pass(60_000);

    expect(line.world.sockets).toHaveLength(1);
    expect(line.states.at(-1)).toEqual(["closed", reason]);
    expect(line.world.timers).toBe(0);
  });

  test("the player can ask for another try even then", () => {
    line.world.socket.tell(welcome(0));
    line.world.socket.breakOff(1008);
    line.connection.retryNow();
    line.world.socket.tell(welcome(0));

    expect(line.states.map(([status]) => status)).toEqual(["open", "closed", "reconnecting", "open"]);
  });

  test("a device that woke up tries at once instead of waiting", () => {
    for (let i = 0; i < 6; i += 1) {
      line.world.socket.breakOff();
      line.world.pass(8_000);
    }
    line.world.socket.breakOff();
    const before = line.world.sockets.length;
    line.connection.retryNow();

    expect(line.world.sockets.length).toBe(before + 1);
  });

  test("a try that hangs is given up", () => {
    const first = line.world.socket;
    line.world.pass(CONNECT_MIN_MS + 300);

    expect(first.closedWith).toBe(1000);
    expect(line.world.sockets).toHaveLength(2);
  });

  test("after leaving nothing is left running", () => {
    line.world.socket.tell(welcome(0));
    line.connection.stop();
    line.world.pass(120_000);

    expect(line.world.sockets).toHaveLength(1);
    expect(line.world.timers).toBe(0);
    expect(line.states.at(-1)).toEqual(["closed", "left"]);
  });
});

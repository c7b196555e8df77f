import { beforeEach, describe, expect, test } from "vitest";
import { Connected, events, welcome, socketAt } from "../tests/connected.js";
import type { FakeSocket } from "./testing.js";
import { ANSWER_WITHIN_MS, BUSY_RETRY_MS } from "./connection.js";
import { LINGER_MAX_MS, PING_EVERY_MS, PONG_WITHIN_MS } from "./line.js";
import { AGAIN_MIN_MS, CONNECT_MIN_MS, DOUBT_SHOWN_MS } from "./lines.js";

const DEAD_NOTICED_MS = 5_000;

let line: Connected;
let first: FakeSocket;

function second(): FakeSocket {
  expect(line.world.sockets).toHaveLength(2);
  return line.world.socket;
}

/** A welcomed line that has answered once, some time ago. */
beforeEach(() => {
  line = new Connected();
  first = line.world.socket;
  first.tell(welcome(0));
  first.tell(events(1, 2));
  first.pong();
  line.world.pass(AGAIN_MIN_MS);
});

describe("a line that died without a word", () => {
  test("is noticed within five seconds though nothing is sent, and another one goes on where it ended", () => {
    line.world.pass(DEAD_NOTICED_MS - AGAIN_MIN_MS);
    second().tell(welcome(2));
    second().tell(events(3));

    expect(first.closedWith).toBe(1000);
    expect(second().url).toBe(socketAt(2, "m"));
    expect(line.told()).toEqual([1, 2, 3]);
    expect(line.connection.status).toBe("open");
  });

  test.each([0, 1_000, PING_EVERY_MS - 1, PING_EVERY_MS])("and so it is when it had spoken %i ms before", (ms) => {
    line.world.pass(ms);
    first.tell(events(3));
    const died = line.world.now;
    while (line.world.sockets.length === 1) line.world.pass(50);

    expect(line.world.now - died).toBeLessThan(DEAD_NOTICED_MS);
  });

  test("is known at once when the device says that something happened", () => {
    line.world.wake();
    second().tell(welcome(2));

    expect(first.closedWith).toBe(1000);
    expect(line.states).toEqual([["open", null]]);
  });

  test("takes no command with it: it goes on the new line, under the same name", async () => {
    const answer = line.connection.send({ type: "ready", round: 1 });
    line.world.pass(ANSWER_WITHIN_MS);
    second().tell(welcome(2));
    const { command_id } = second().commands[0] ?? {};
    second().tell({ type: "accepted", command_id: String(command_id), seq: 3 });

    expect(first.commands[0]?.command_id).toBe(command_id);
    expect(await answer).toEqual({ type: "accepted", seq: 3 });
  });

  test("is told to the player after a second without another one, and that we are back", () => {
    line.world.wake();
    line.world.pass(DOUBT_SHOWN_MS);
    expect(line.connection.status).toBe("reconnecting");
    second().tell(welcome(2));

    expect(line.states.map(([status]) => status)).toEqual(["open", "reconnecting", "open"]);
  });
});

describe("a line that was doubted for nothing", () => {
  test("is kept when it answers first, and the other one is closed when it is open", () => {
    line.world.wake();
    first.pong();
    expect(second().closedWith).toBeUndefined();
    second().open();

    expect(second().closedWith).toBe(1000);
    first.tell(events(3));
    expect(line.told()).toEqual([1, 2, 3]);
    expect(line.states).toEqual([["open", null]]);
  });

  test("or when it hangs while it is opened, so that it keeps no later one waiting", () => {
    line.world.wake();
    first.pong();
    line.world.pass(LINGER_MAX_MS);

    expect(second().closedWith).toBe(1000);
  });

  test("what the other one says then is not heard", () => {
    line.world.wake();
    const other = second();
    first.pong();
    other.tell(welcome(2));
    other.tell(events(3));

    expect(line.told()).toEqual([1, 2]);
  });

  test("an answer that was asked for before the doubt proves nothing", () => {
    line.world.pass(PING_EVERY_MS);
    expect(first.pings).toBe(2);
    line.world.wake();
    first.tell({ type: "pong", nonce: "2", server_time: new Date(line.world.now).toISOString() });
    second().tell(welcome(2));

    expect(first.closedWith).toBe(1000);
  });

  test("a server that takes its time for a command is doubted ever less often", () => {
    void line.connection.send({ type: "ready", round: 1 });
    const tries: number[] = [];
    const from = line.world.now;
    for (let ms = 0; ms < 60_000; ms += 500) {
      line.world.pass(500);
      while (tries.length < line.world.sockets.length - 1) tries.push(line.world.now - from);
      first.pong();
    }

    expect(tries).toEqual([3_000, 9_000, 21_000, 45_000]);
  });

  test("a command that a busy server put off is sent again though the line was doubted meanwhile", () => {
    void line.connection.send({ type: "ready", round: 1 });
    const { command_id } = first.commands[0] ?? {};
    const error = { code: "busy", message: "", details: {} };
    line.world.isOffline = true;
    line.world.wake();
    line.world.pass(DOUBT_SHOWN_MS - 1);
    first.tell({ type: "refused", command_id: String(command_id), error });
    line.world.pass(1);
    expect(line.connection.status).toBe("reconnecting");
    first.pong();
    line.world.pass(BUSY_RETRY_MS);

    expect(first.commands.map((sent) => sent.command_id)).toEqual([command_id, command_id]);
  });

  test("a slow line is given time by what it has shown", () => {
    line.world.pass(PING_EVERY_MS + PONG_WITHIN_MS + 500);
    expect(line.world.sockets).toHaveLength(2);
    first.pong();
    line.world.pass(PING_EVERY_MS + PONG_WITHIN_MS + 500);
    first.pong();

    expect(line.world.sockets).toHaveLength(2);
  });
});

describe("two lines of one player", () => {
  test("what the first told while the second was opened is neither lost, nor doubled, nor taken back", () => {
    line.world.wake();
    first.tell(events(3, 4));
    second().tell(welcome(2));
    second().tell(events(3));
    second().tell(events(4, 5));

    expect(line.told()).toEqual([1, 2, 3, 4, 5]);
    expect(line.news.map(({ view }) => view.round)).toEqual([0, 2, 4, 5]);
  });

  test("the second takes the place of a first that breaks off", () => {
    line.world.wake();
    first.breakOff();
    expect(line.connection.status).toBe("reconnecting");
    second().tell(welcome(2));

    expect(line.world.sockets).toHaveLength(2);
    expect(line.connection.status).toBe("open");
  });

  test.each([1006, 1008, 1013, 4401, 4404])(
    "a second that is refused with %i changes nothing for the first",
    (code) => {
      line.world.wake();
      second().breakOff(code);
      first.pong();
      first.tell(events(3));
      line.world.pass(2_000);

      expect(line.world.sockets).toHaveLength(2);
      expect(line.told()).toEqual([1, 2, 3]);
      expect(line.states).toEqual([["open", null]]);
    },
  );

  test("both end when the player leaves, and no timer is left", () => {
    line.world.wake();
    const other = second();
    line.connection.stop();
    line.world.pass(60_000);

    expect([first.closedWith, other.closedWith]).toEqual([1000, 1000]);
    expect([line.world.timers, line.world.awaited]).toEqual([0, 0]);
  });
});

test("a line on which much is heard is asked for the time all the same, every ten seconds", () => {
  for (let second = 0; second < 30; second += 1) {
    const asked = first.pings;
    line.world.pass(1_000);
    if (first.pings > asked) first.pong();
    first.tell(events(3 + second));
  }

  expect(first.pings).toBe(4);
  expect(line.world.sockets).toHaveLength(1);
});

test("a close that is final stays final when the device wakes up, until the player asks", () => {
  first.breakOff(4401);
  line.world.wake();
  line.world.pass(10_000);
  expect(line.world.sockets).toHaveLength(1);
  line.connection.retryNow();

  expect(line.world.sockets).toHaveLength(2);
});

describe("no storm", () => {
  test("while nobody answers there are never more than two lines, and tries grow rare", () => {
    let most = 0;
    for (let ms = 0; ms < 120_000; ms += 100) {
      line.world.pass(100);
      most = Math.max(most, line.world.sockets.filter(({ closedWith }) => closedWith === undefined).length);
    }

    expect(most).toBe(2);
    expect(line.world.sockets.length).toBeLessThan(14);
  });

  test("a server that refuses every try is left alone for longer and longer", () => {
    line.world.wake();
    for (let ms = 0; ms < 60_000; ms += 100) {
      const last = line.world.socket;
      if (last !== first && last.closedWith === undefined && last.onclose !== null) last.breakOff();
      line.world.pass(100);
    }

    expect(line.world.sockets.length).toBeLessThan(18);
  });

  test("a device whose network flickers tries no more than four times a second", () => {
    for (let ms = 0; ms < 2_000; ms += 10) {
      line.world.wake();
      line.world.pass(10);
    }

    expect(line.world.sockets.length).toBeLessThanOrEqual(2 + 2_000 / AGAIN_MIN_MS);
  });

  test("no second line while the device says that it is offline; one at once when it is not any more", () => {
    line.world.isOffline = true;
    line.world.wake();
    line.world.pass(20_000);
    expect(line.world.sockets).toHaveLength(1);
    expect(line.connection.status).toBe("reconnecting");

    line.world.isOffline = false;
    line.world.wake();
    second().tell(welcome(2));
    expect(line.connection.status).toBe("open");
  });

  test("a device that is wrong about being offline goes on with the line it has", () => {
    line.world.isOffline = true;
    line.world.wake();
    first.pong();
    line.world.pass(DOUBT_SHOWN_MS);

    expect(line.states).toEqual([["open", null]]);
  });

  test("a network that changes while a second line is tried begins another one there", () => {
    line.world.wake();
    const lost = second();
    line.world.pass(500);
    line.world.wake();

    expect(lost.closedWith).toBe(1000);
    expect(line.world.sockets).toHaveLength(3);
  });

  test("and so does one that changes while the page comes back", () => {
    first.breakOff();
    line.world.pass(300);
    expect(line.world.sockets).toHaveLength(2);
    line.world.pass(CONNECT_MIN_MS / 2);
    line.world.wake();
    line.world.socket.tell(welcome(2));

    expect(line.world.sockets).toHaveLength(3);
    expect(line.connection.status).toBe("open");
  });
});

describe("a hidden page, whose timers run once a minute", () => {
  test("keeps a healthy line for an hour", () => {
    line.world.late_ms = 60_000;
    for (let s = 0; s < 3_600; s += 1) {
      const asked = first.pings;
      line.world.pass(1_000);
      if (first.pings > asked) first.pong();
    }

    expect(line.world.sockets).toHaveLength(1);
    expect(line.states).toEqual([["open", null]]);
  });

  test("a page that was frozen with a question open keeps its line, too", () => {
    line.world.pass(PING_EVERY_MS);
    line.world.now += 600_000;
    line.world.pass(0);
    first.pong();
    line.world.socket.open();

    expect(first.closedWith).toBeUndefined();
    expect(line.states).toEqual([["open", null]]);
  });
});

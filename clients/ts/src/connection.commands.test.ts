import { beforeEach, describe, expect, test } from "vitest";
import { Connected, welcome } from "../tests/connected.js";
import { type FakeSocket } from "./testing.js";
import { BUSY_RETRY_MS } from "./connection.js";
import type { Answer } from "./outbox.js";

const EAST = "east";
const WAIT = "wait";

let line: Connected;

beforeEach(() => {
  line = new Connected();
});

describe("commands", () => {
  function idOf(index: number, socket: FakeSocket = line.world.socket): string {
    return String(socket.commands[index]?.command_id);
  }

  test("a command waits for the welcome, and settles by its answer", async () => {
    const answer = line.connection.send({ type: "plan", round: 3, steps: [EAST] });
    expect(line.world.socket.sent).toEqual([]);

    line.world.socket.tell(welcome(0));
    expect(line.world.socket.commands).toEqual([{ type: "plan", command_id: idOf(0), round: 3, steps: [EAST] }]);
    expect(idOf(0)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

    line.world.socket.tell({ type: "accepted", command_id: idOf(0), seq: 7 });
    expect(await answer).toEqual({ type: "accepted", seq: 7 });
  });

  test("what was not answered is sent again with the same id, once on each line.connection, until it is", async () => {
    line.world.socket.tell(welcome(0));
    const answer = line.connection.send({ type: "plan", round: 1, steps: [EAST] });
    const id = idOf(0);
    const second = line.breakAndReturn();
    second.tell(welcome(0));
    const third = line.breakAndReturn();
    third.tell(welcome(0));
    third.tell({ type: "accepted", command_id: id, seq: 2 });
    const fourth = line.breakAndReturn();
    fourth.tell(welcome(0));

    expect([second, third].map((socket) => socket.commands.map(({ command_id }) => command_id))).toEqual([[id], [id]]);
    expect(fourth.commands).toEqual([]);
    expect(await answer).toEqual({ type: "accepted", seq: 2 });
  });

  test("order holds: ready never overtakes the plan before it, even across a break", () => {
    line.world.socket.tell(welcome(0));
    void line.connection.send({ type: "plan", round: 1, steps: [EAST] });
    void line.connection.send({ type: "ready", round: 1 });
    expect(line.world.socket.commands.map(({ type }) => type)).toEqual(["plan"]);

    const second = line.breakAndReturn();
    second.tell(welcome(0));
    second.tell({ type: "accepted", command_id: idOf(0, second), seq: 1 });

    expect(second.commands.map(({ type }) => type)).toEqual(["plan", "ready"]);
  });

  test("of plans made while away only the last is sent; one already sent is not taken back", async () => {
    line.world.socket.tell(welcome(0));
    const sent = line.connection.send({ type: "plan", round: 1, steps: [EAST] });
    line.world.socket.breakOff();
    const dropped = line.connection.send({ type: "plan", round: 1, steps: [EAST, EAST] });
    const last = line.connection.send({ type: "plan", round: 1, steps: [WAIT] });
    line.world.pass(10_000);
    line.world.socket.tell(welcome(0));
    line.world.socket.tell({ type: "accepted", command_id: idOf(0), seq: 1 });
    line.world.socket.tell({ type: "accepted", command_id: idOf(1), seq: 2 });

    expect(line.world.socket.commands.map(({ steps }) => steps)).toEqual([[EAST], [WAIT]]);
    expect(await Promise.all([sent, dropped, last])).toEqual<Answer[]>([
      { type: "accepted", seq: 1 },
      { type: "superseded" },
      { type: "accepted", seq: 2 },
    ]);
  });

  test("a refusal is an answer", async () => {
    line.world.socket.tell(welcome(0));
    const answer = line.connection.send({ type: "ready", round: 1 });
    const error = { code: "stale_round", message: "That round is over.", details: {} };
    line.world.socket.tell({ type: "refused", command_id: idOf(0), error });

    expect(await answer).toEqual({ type: "refused", error });
  });

  test("busy is no answer: the same command is sent again after a while", async () => {
    line.world.socket.tell(welcome(0));
    const answer = line.connection.send({ type: "ready", round: 1 });
    line.world.socket.tell({ type: "refused", command_id: idOf(0), error: { code: "busy", message: "", details: {} } });
    expect(line.world.socket.commands).toHaveLength(1);
    line.world.pass(BUSY_RETRY_MS);

    expect(idOf(1)).toBe(idOf(0));
    line.world.socket.tell({ type: "accepted", command_id: idOf(1), seq: 5 });
    expect(await answer).toEqual({ type: "accepted", seq: 5 });
  });

  test("too much talk is refused, and holds up no plan behind it", async () => {
    line.world.socket.tell(welcome(0));
    const sign = line.connection.send({ type: "sign", sign: "wow" });
    void line.connection.send({ type: "plan", round: 1, steps: [EAST] });
    const error = { code: "too_often", message: "Too fast.", details: {} };
    line.world.socket.tell({ type: "refused", command_id: idOf(0), error });

    expect(await sign).toEqual({ type: "refused", error });
    expect(line.world.socket.commands.map(({ type }) => type)).toEqual(["sign", "plan"]);
  });

  test("an answer to something else, or given twice, does nothing", () => {
    line.world.socket.tell(welcome(0));
    void line.connection.send({ type: "plan", round: 1, steps: [] });
    void line.connection.send({ type: "ready", round: 1 });
    const id = idOf(0);
    line.world.socket.tell({ type: "accepted", command_id: "somebody else's", seq: 1 });
    expect(line.world.socket.commands).toHaveLength(1);
    line.world.socket.tell({ type: "accepted", command_id: id, seq: 1 });
    line.world.socket.tell({ type: "accepted", command_id: id, seq: 1 });

    expect(line.world.socket.commands.map(({ type }) => type)).toEqual(["plan", "ready"]);
  });

  test("when the line is closed for good, whoever waits is told", async () => {
    line.world.socket.tell(welcome(0));
    const waiting = line.connection.send({ type: "ready", round: 1 });
    line.world.socket.breakOff(4401);

    expect(await waiting).toEqual({ type: "closed" });
    expect(await line.connection.send({ type: "resign" })).toEqual({ type: "closed" });
  });
});

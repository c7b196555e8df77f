/** Being ready in a lobby, as one of its people says it and their page holds it. */

import { beforeEach, describe, expect, test } from "vitest";
import type { Answer, ReadyCommand } from "@clew/client";
import { FakeWorld } from "@clew/client/testing";
import { Readiness, type Heard } from "$parts/lobby/readiness.svelte";
import { unready, type Lobby, type Sitting } from "$parts/lobby/seats";

const ACCEPTED: Answer = { type: "accepted", seq: 3 };
const AGAIN_MS = 1_000;

let world: FakeWorld;
let sent: { command: ReadyCommand; settle: (answer: Answer) => void }[];
let readiness: Readiness;

const commands = () => sent.map(({ command }) => command.ready ?? true);

function hear(ready: boolean, change: Partial<Heard> = {}): void {
  const view = { game_status: "lobby", players: [{ player_id: "p2", ready }] };
  readiness.hear({ kind: "live", events: [], asides: [], view, ...change });
}

async function settle(answer: Answer): Promise<void> {
  sent.at(-1)?.settle(answer);
  await Promise.resolve();
}

async function beReady(): Promise<void> {
  void readiness.say("p2", true);
  await settle(ACCEPTED);
  hear(true, { asides: [{ type: "readiness", id: "p2", ready: true } as { type: string }] });
}

beforeEach(() => {
  world = new FakeWorld();
  sent = [];
  readiness = new Readiness((command) => new Promise((done) => sent.push({ command, settle: done })), world);
});

describe("what you say", () => {
  test("stands at once, and until everybody sees it", async () => {
    void readiness.say("p2", true);
    expect([readiness.pending, sent[0]?.command]).toEqual([true, { type: "ready", round: 0 }]);

    await settle(ACCEPTED);
    expect(readiness.pending).toBe(true);
    hear(true);
    expect(readiness.pending).toBeNull();

    void readiness.say("p2", false);
    expect([readiness.pending, sent[1]?.command]).toEqual([false, { type: "ready", round: 0, ready: false }]);
  });

  test("does not stand where it was refused, and it is said why", async () => {
    void readiness.say("p2", true);
    await settle({ type: "refused", error: { code: "game_not_started", message: "Not yet.", details: {} } });

    expect([readiness.pending, readiness.wrong]).toEqual([null, "Not yet."]);
    hear(false);
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true]);
  });

  test("is the last of what you say quickly", async () => {
    void readiness.say("p2", true);
    void readiness.say("p2", false);
    sent[0]?.settle({ type: "refused", error: { code: "busy", message: "Busy.", details: {} } });
    await Promise.resolve();

    expect([readiness.pending, readiness.wrong]).toEqual([false, null]);
  });
});

describe("what a server forgot", () => {
  test("is said again, once for each time", async () => {
    await beReady();
    hear(false, { kind: "resumed" });
    hear(false);
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true, true]);

    await settle(ACCEPTED);
    world.pass(10 * AGAIN_MS);
    hear(false);
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true, true]);
    hear(true);
    hear(false, { kind: "resumed" });
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true, true, true]);
  });

  test.each<[string, Partial<Heard>]>([
    ["the rules are others", { events: [{ type: "settings_changed" }] }],
    ["a bot came or went", { events: [{ type: "seat_changed" }] }],
    ["you took it back elsewhere", { asides: [{ type: "readiness", id: "p2", ready: false } as { type: string }] }],
    ["it begins", { view: { game_status: "active", players: [{ player_id: "p2", ready: false }] } }],
    ["you gave the seat up", { view: { game_status: "lobby", players: [] } }],
    ["an older game was put back", { kind: "changed" }],
    ["too much was missed", { kind: "fresh" }],
  ])("is not, where %s", async (_, change) => {
    await beReady();
    hear(false, change);
    hear(false);
    world.pass(AGAIN_MS);

    expect(commands()).toEqual([true]);
  });

  test("is not, where it comes a moment later that it is another game", async () => {
    await beReady();
    hear(false, { kind: "resumed" });
    hear(false, { events: [{ type: "settings_changed" }] });
    world.pass(AGAIN_MS);

    expect(commands()).toEqual([true]);
  });

  test("is not, once you have taken it back or left", async () => {
    await beReady();
    void readiness.say("p2", false);
    await settle(ACCEPTED);
    hear(false, { kind: "resumed" });
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true, false]);

    await beReady();
    hear(false, { kind: "resumed" });
    readiness.stop();
    world.pass(AGAIN_MS);
    expect(commands()).toEqual([true, false, true]);
  });
});

test("the host may wait for people who are not ready, and for nobody of whom nothing is known", () => {
  const sitting = (seat: number, change: Partial<Sitting>): Sitting => {
    const player_id = `p${seat}`;
    return { player_id, display_name: player_id, is_bot: false, autopilot: false, bot: null, ready: false, ...change };
  };
  const { ready: _, ...unknown } = sitting(5, {});
  const players = [sitting(1, {}), sitting(2, {}), sitting(3, { ready: true }), sitting(4, { is_bot: true }), unknown];
  const lobby: Lobby = { seats: 5, bots: 0, host_id: "p1", you: "p1", kept: [], players };

  expect(unready(lobby).map(({ player_id }) => player_id)).toEqual(["p2"]);
});

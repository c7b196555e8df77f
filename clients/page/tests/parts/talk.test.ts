import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer, TalkCommand } from "@clew/client";
import { FakeWorld, T0 } from "@clew/client/testing";
import { keepMuted, mutedAt, turned } from "$parts/talk/muted";
import { charsLeft, SAYINGS_MAX, squeezed, withNew, type Saying } from "$parts/talk/sayings";
import { SIGN_SHOWN_MS, Talk } from "$parts/talk/talk.svelte";
import { refusalWords, SIGN_WORDS, WORDS } from "$parts/talk/words";

const PEOPLE = ["Ada", "Bo", "Cy"].map((display_name, at) => ({ player_id: `p${at + 1}`, display_name }));
const BO = { player_id: "p2", display_name: "Bo" };
const at = (second: number): string => new Date(T0 + 1_000 * second).toISOString();
const nameOf = (seat: string): string => PEOPLE.find(({ player_id }) => player_id === seat)?.display_name ?? seat;
const said = (id: string, text: string, second: number, display_name = nameOf(id)) => ({
  ...{ type: "said", round: 0, id, display_name, text, at: at(second) },
});
const signed = (id: string, sign: string) => ({ type: "signed", round: 0, id, sign });
const refused = (code: string): Answer => ({ type: "refused", error: { code, message: "Why.", details: {} } });

let world: FakeWorld;
let talk: Talk;
let sent: { command: TalkCommand; settle: (answer: Answer) => void }[];

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

function made(): Talk {
  const send = (command: TalkCommand) => new Promise<Answer>((settle) => sent.push({ command, settle }));
  const one = new Talk("K7QM2X", send, world);
  one.hear([], PEOPLE);
  return one;
}

const texts = (): string[] => talk.sayings.map(({ name, text }) => `${name}: ${text}`);

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
  vi.stubGlobal("sessionStorage", storage());
  world = new FakeWorld();
  sent = [];
  talk = made();
});

describe("what was said", () => {
  test("stands there once, in its order, however often and late a server tells it", () => {
    talk.hear([said("p2", "Hello", 2), said("p1", "Hi", 3)], PEOPLE);
    talk.hear([said("p3", "First", 1), said("p2", "Hello", 2), said("p2", "Hello", 4)], PEOPLE);

    expect(texts()).toEqual(["Cy: First", "Bo: Hello", "Ada: Hi", "Bo: Hello"]);
  });

  test("stays that of who said it, though somebody else sits there now", () => {
    const now = [{ player_id: "p2", display_name: "Dee" }];
    talk.hear([said("p2", "Bye", 1), said("p2", "Hello", 2, "Dee"), said("p3", "?", 3)], now);

    expect(texts()).toEqual(["Bo: Bye", "Dee: Hello", "Cy: ?"]);
  });

  test("is new until it was on the screen, unless you said it, and is not when the page is loaded again", () => {
    talk.hear([said("p2", "Now", 1), said("p1", "Mine", 2)], PEOPLE);
    expect([talk.unread("p1"), talk.unread(null)]).toEqual([1, 2]);

    talk.read();
    expect(talk.unread("p1")).toBe(0);
    talk.hear([said("p3", "More", 3)], PEOPLE);
    expect(talk.unread("p1")).toBe(1);
    talk = made();
    talk.hear([said("p2", "Now", 1), said("p1", "Mine", 2), said("p3", "More", 3)], PEOPLE);
    expect(talk.unread("p1")).toBe(1);
  });

  test("is bounded: the oldest goes", () => {
    const many = Array.from({ length: SAYINGS_MAX + 1 }, (_, second): Saying => {
      return { id: "p1", name: "Ada", text: String(second), at: at(second) };
    });

    expect(withNew([], many).map(({ text }) => text)[0]).toBe("1");
  });
});

describe("what is to be said", () => {
  test("is pending until it is told, and not shown twice then", async () => {
    const saying = talk.say("  well,\n well ");
    expect(sent[0]?.command).toEqual({ type: "say", text: "well, well" });
    expect(talk.unsaid.map(({ text }) => text)).toEqual(["well, well"]);

    talk.hear([said("p1", "well, well", 1)], PEOPLE);
    expect(talk.unsaid).toEqual([]);
    sent[0]?.settle({ type: "accepted", seq: 1 });
    expect(await saying).toBeNull();
  });

  test("does not vanish between its acceptance and its telling, and not later than a second after", async () => {
    const saying = talk.say("Hi");
    sent[0]?.settle({ type: "accepted", seq: 1 });
    await saying;
    expect(talk.unsaid.length).toBe(1);

    world.pass(1_000);
    expect(talk.unsaid).toEqual([]);
  });

  test("is not pending once it was refused, and the reason is a person's", async () => {
    const saying = talk.say("Hi");
    sent[0]?.settle(refused("too_often"));

    expect(await saying).toMatch(/very fast/);
    expect(talk.unsaid).toEqual([]);
    expect(refusalWords({ code: "new_to_this_page", message: "Why." })).toBe("Why.");
  });

  test("is counted by characters as people see them, near the bound only", () => {
    expect([charsLeft("x".repeat(179)), charsLeft("x".repeat(180)), charsLeft("🙂".repeat(201))]).toEqual([
      null,
      20,
      -1,
    ]);
    expect(squeezed(" e\u0301 \t x ")).toBe("é x");
  });
});

describe("a sign", () => {
  test("stays at who gave it for four seconds, from the latest on", () => {
    talk.hear([signed("p2", "well_met")], PEOPLE);
    world.pass(SIGN_SHOWN_MS - 1);
    talk.hear([signed("p2", "wow")], PEOPLE);
    world.pass(SIGN_SHOWN_MS - 1);
    expect([talk.signOf("p2")?.sign, talk.signOf("p1")]).toEqual(["wow", null]);

    world.pass(1);
    expect(talk.signals).toEqual([]);
  });

  test("that was refused says why", async () => {
    const sign = talk.sign("wow");
    sent[0]?.settle({ type: "closed" });

    expect([await sign, Object.keys(SIGN_WORDS).length]).toEqual([WORDS.lost, 8]);
  });
});

describe("who is muted", () => {
  test("is neither heard nor seen to sign, now and before, until they are heard again", () => {
    talk.hear([said("p2", "Before", 1), signed("p2", "wow"), said("p3", "Hi", 2)], PEOPLE);
    talk.turn(BO);
    talk.hear([said("p2", "After", 3), signed("p2", "hello")], PEOPLE);
    expect([texts(), talk.signals, talk.isMuted(BO)]).toEqual([["Cy: Hi"], [], true]);
    expect(talk.unread("p1")).toBe(1);

    talk.turn(BO);
    expect(texts()).toEqual(["Bo: Before", "Cy: Hi", "Bo: After"]);
  });

  test("stays so in this game after the page is loaded again, and whoever takes the seat is not", () => {
    talk.turn(BO);

    expect([made().isMuted(BO), made().isMuted({ ...BO, display_name: "Dee" })]).toEqual([true, false]);
    expect(mutedAt("OTHERS")).toEqual({});
    expect(turned({ p2: "Bo" }, "p2", "Dee")).toEqual({ p2: "Dee" });
  });

  test("is kept on the page where storage is forbidden or holds something else", () => {
    localStorage.setItem("clew.muted.K7QM2X", '{"p2":"Bo","p3":3}');
    expect(mutedAt("K7QM2X")).toEqual({ p2: "Bo" });
    localStorage.setItem("clew.muted.K7QM2X", "null");
    expect(mutedAt("K7QM2X")).toEqual({});
    vi.stubGlobal("localStorage", undefined);

    keepMuted("K7QM2X", { p2: "Bo" });
    talk.turn(BO);
    expect(talk.isMuted(BO)).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import type { TableTold } from "@clew/client";
import type { Json, JsonObject } from "../json";
import { lineOf, linesOf, type Line } from "./log";
import { listed } from "$parts/catalogue/formats";
import { labelOf, lowerWords } from "./names";
import { joined, plain } from "./pieces";
import { phraseOf, wordsOf } from "./told";

const NAMES: Record<string, string> = { p1: "Ada", p2: "Bo", p3: "Cy" };
const isSeat = (text: string): boolean => text in NAMES;
const nameOf = (seat: string): string => NAMES[seat] ?? seat;

function phrase(value: JsonObject): string {
  const { title, rest } = phraseOf(value, isSeat);
  return plain([title, rest.length > 0 ? ": " : "", ...rest], nameOf);
}

function line(event: object): string {
  const found: Line | null = lineOf({ seq: 1, round: 3, ...event } as TableTold, isSeat);
  return found === null ? "" : `${found.title}|${plain(found.rest, nameOf)}`;
}

describe("names out of code", () => {
  test.each([
    ["lots_left", "Lots left"],
    ["lotsLeft", "Lots left"],
    ["TurnEnded", "Turn ended"],
    ["HTTPCode", "HTTP code"],
    ["bid", "Bid"],
    ["x", "X"],
    ["", ""],
  ])("%s is %s to a person", (name, label) => expect(labelOf(name)).toBe(label));

  test("are small in the middle of a sentence", () => expect(lowerWords("TurnEnded")).toBe("turn ended"));

  test("of people are listed as one says them", () => {
    expect([listed([]), listed(["Ada"]), listed(["Ada", "Bo", "Cy"])]).toEqual(["", "Ada", "Ada, Bo and Cy"]);
  });
});

describe("what a game tells", () => {
  test.each<[JsonObject, string]>([
    [{ type: "Sold", to: "p1", price: 7 }, "Sold: to Ada, price 7"],
    [{ type: "Sold", to: null, price: 0 }, "Sold: to none, price 0"],
    [{ type: "Paid", seat: "p2", left: 23 }, "Paid: Bo, left 23"],
    [{ type: "TurnEnded", seat: "p1" }, "Turn ended: Ada"],
    [
      { type: "Played", seat: "p1", place: 2, card: { colour: "red", rank: 1 }, fits: false },
      "Played: Ada, place 2, card red 1, not fits",
    ],
    [
      { type: "Hinted", seat: "p1", to: "p2", about: "red", places: [0, 2] },
      "Hinted: Ada, to Bo, about red, places 0 and 2",
    ],
    [{ type: "Passed" }, "Passed"],
    [{ type: "Moved", steps: [{ x: 1 }, { x: 2 }] }, "Moved: steps (x 1 and x 2)"],
    [{ type: "Scored", by_player: { p1: 3, p3: 1 } }, "Scored: by player (Ada 3, Cy 1)"],
    [{ type: "Led", why: { first: "p1", how: { far: 3, odd: null } } }, "Led: why (first Ada, how (far 3, odd none))"],
  ])("is a sentence: %j", (value, words) => expect(phrase(value)).toBe(words));

  test("names no seat that is none", () => {
    expect(phrase({ type: "Said", text: "p9", by: "p4" })).toBe("Said: text p9, by p4");
  });

  test.each<[Json, string]>([
    [{ bid: 7 }, "bid 7"],
    [{ type: "Play", place: 2 }, "play place 2"],
    [{ type: "Pass" }, "pass"],
    [[{ type: "Wait" }, { type: "Go", way: "far_left" }], "wait and go way far left"],
    [{}, ""],
  ])("and a plan is part of one: %j", (plan, words) => {
    expect(plain(wordsOf(plan, isSeat), nameOf)).toBe(words);
  });
});

describe("the log", () => {
  test.each([
    [{ type: "player_joined", id: "p1", display_name: "Ada", is_bot: false }, "|Ada took a seat"],
    [{ type: "player_joined", id: "p2", display_name: "Bo", is_bot: true }, "|Bo took a seat, a bot"],
    [{ type: "left", id: "p1", display_name: "Ada" }, "|Ada left"],
    [{ type: "sent_away", id: "p2", display_name: "Bo" }, "|Bo was sent away by the host"],
    [{ type: "host_passed", id: "p2" }, "|Bo is the host now"],
    [{ type: "seat_changed", seat: 3, bot: "bot" }, "|A bot took seat 3"],
    [{ type: "seat_changed", seat: 3, bot: null }, "|Seat 3 is empty again"],
    [{ type: "released", id: "p3", display_name: "Cy" }, "|Seat 3 is kept no more for Cy"],
    [{ type: "settings_changed" }, "|The host changed the settings"],
    [{ type: "game_started" }, "|The game begins"],
    [{ type: "plan_accepted", plan: { bid: 4 } }, "Your plan|: bid 4"],
    [{ type: "plan_accepted", plan: {} }, "Your plan| is in"],
    [{ type: "ready_accepted" }, "You are ready|"],
    [{ type: "resigned", id: "p3" }, "|Cy gave up"],
    [{ type: "happened", event: { type: "Sold", to: "p1", price: 4 } }, "Sold|to Ada, price 4"],
    [{ type: "round_started" }, "Round 3|"],
    [
      { type: "clock_credited", ms: 2_600, why: "restart" },
      "|The server was away for 3 seconds; the round is that much longer",
    ],
    [
      { type: "clock_credited", ms: 10, why: "moved" },
      "|The game moved to another server; the round is 1 second longer",
    ],
    [{ type: "game_over", winner_ids: ["p1"], why: null }, "The game is over|. The winner: Ada"],
    [
      { type: "game_over", winner_ids: ["p1", "p2", "p3"], why: null },
      "The game is over|. The winners: Ada, Bo and Cy",
    ],
    [{ type: "game_over", winner_ids: [], why: null }, "The game is over|: nobody wins"],
    [{ type: "game_over", winner_ids: [], why: "untouched" }, "The game is over|: nobody had played for a long time"],
  ])("has words for %j", (event, words) => expect(line(event)).toBe(words));

  test("passes over what a newer server tells", () => expect(line({ type: "weather", rain: true })).toBe(""));

  test("says where the game was set back, whatever the line before it was, and once", () => {
    const events = [1, 2, 3].map((seq) => ({ type: "happened", seq, round: 1, event: { type: "Sold" } }) as TableTold);
    const told = linesOf(
      [...events.slice(0, 1), { ...events[1], type: "weather" } as unknown as TableTold, ...events.slice(2)],
      [
        { seq: 0, round: 0 },
        { seq: 2, round: 3 },
        { seq: 9, round: 4 },
      ],
      isSeat,
    );

    expect(told.map(({ title, rest }) => title + plain(rest, nameOf))).toEqual([
      "The game was set back to its lobby by the operator.",
      "Sold",
      "The game was set back to round 3 by the operator.",
      "Sold",
      "The game was set back to round 4 by the operator.",
    ]);
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  });

  test("marks what is told to you alone", () => {
    const tones = ["plan_accepted", "ready_accepted", "happened", "round_started"].map(
      (type) => lineOf({ type, seq: 1, round: 1, plan: {}, event: {} } as unknown as TableTold, isSeat)?.tone,
    );

    expect(tones).toEqual(["mine", "mine", "plain", "round"]);
  });
});

test("pieces are joined, and only people stand between them", () => {
  expect(joined("a", "b", { seat: "p1" }, "", ["c", "d"])).toEqual(["ab", { seat: "p1" }, "cd"]);
});

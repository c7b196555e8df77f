import { describe, expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import { tellerOf } from "../game/words";
import type { PlayerSeen, PlayerStatus, ShownEvent, View } from "../lib/wire";
import { passingOf, type Passing } from "./passing";

function seen(player_id: string, display_name: string, player_status: PlayerStatus): PlayerSeen {
  const bot = { is_bot: false, autopilot: false, bot: null };
  return { player_id, display_name, player_status, ...bot, presence: "here", has_plan: false, ready: false };
}

function view(...standing: PlayerStatus[]): View {
  const names = ["Ada", "Bo", "Cy", "Dee"];
  const [own = "eliminated"] = standing;
  return {
    ...viewOf(5),
    viewer: "spectator",
    you: { player_id: "p1", health: 0, ap: 0, player_status: own, autopilot: false, plan: [], ready: false },
    players: standing.map((status, i) => seen(`p${i + 1}`, names[i] ?? "", status)),
  };
}

function killed(id: string, by: string[], round = 5, step = 2): ShownEvent {
  return { type: "killed", seq: 1, round, step, id, by };
}

function passed(shown: View, ...events: ShownEvent[]): Passing | null {
  return passingOf(shown, events, tellerOf(shown));
}

const DOWN = view("eliminated", "playing", "playing", "eliminated");

describe("one sentence says who it was and with what", () => {
  test.each([
    [["p2"], "Bo strikes you down, in step 2 of round 5."],
    [["p2", "p3"], "Bo and Cy strike you down together, in step 2 of round 5."],
    [["minotaur"], "The Minotaur’s horns find you, in step 2 of round 5."],
    [["minotaur", "p2"], "The Minotaur and Bo strike you down together, in step 2 of round 5."],
    [["collapse"], "The ring falls at the end of round 5, and you with it."],
    [["lair"], "The lair drains the last of your health, at the end of round 5."],
  ])("by %j", (by, words) => {
    const told = passed(DOWN, killed("p1", by))?.words.replaceAll(/[\u2068\u2069]/gu, "");
    expect(told).toBe(words);
  });
});

describe("the place", () => {
  test("is below those who stand and those who fell later in the same round", () => {
    expect(passed(DOWN, killed("p4", ["p2"], 3), killed("p1", ["p2"]))?.place).toBe(3);
    expect(passed(DOWN, killed("p1", ["p2"], 5, 1), killed("p4", ["p2"], 5, 2))?.place).toBe(4);
    expect(passed(DOWN, killed("p1", ["p2"], 5, 4), killed("p4", ["collapse"], 5, 0))?.place).toBe(4);
  });

  test("is shared by those who fell together", () => {
    expect(passed(DOWN, killed("p1", ["p4"]), killed("p4", ["p1"]))?.place).toBe(3);
  });

  test("of who fell before the log began is below", () => {
    expect(passed(DOWN, killed("p1", ["p2"]))?.place).toBe(3);
  });
});

test("who lives has not passed, nor who fell before this page heard of it", () => {
  expect(passed(view("playing", "playing"), killed("p2", ["p1"]))).toBeNull();
  expect(passed(DOWN)).toBeNull();
});

test("who gave up knows it", () => {
  const gaveUp = view("resigned", "playing", "playing");
  expect(passed(gaveUp, { type: "resigned", seq: 1, round: 5, step: 0, id: "p1" })).toMatchObject({
    gaveUp: true,
    place: 3,
  });
});

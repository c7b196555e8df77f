import { describe, expect, test } from "vitest";
import { doingOf, isAway, progressOf, waitingWords, type Seen } from "$parts/company";

const ADA: Seen = { player_id: "p1", display_name: "Ada", is_bot: false, autopilot: false };
const ALL = ["Ada", "Bo", "Cy", "Dee", "Eve"].map((display_name, at) => ({ player_id: `p${at + 1}`, display_name }));

describe("how far somebody is", () => {
  test("is said while they play for themselves", () => {
    const at = (has_plan: boolean, ready: boolean) => progressOf({ ...ADA, has_plan, ready }, true);

    expect([at(false, false), at(true, false), at(true, true)]).toEqual(["planning", "planned", "ready"]);
  });

  test("is not said of who plays no more, of bots, or where a bot stands in", () => {
    const known = { ...ADA, has_plan: true, ready: true };

    expect(progressOf(known, false)).toBeNull();
    expect(progressOf({ ...known, is_bot: true }, true)).toBeNull();
    expect(progressOf({ ...known, autopilot: true }, true)).toBeNull();
  });

  test("is not made up where the server does not say it", () => {
    expect([progressOf(ADA, true), isAway(ADA)]).toEqual([null, false]);
    expect(waitingWords({ players: [ADA] }, null, false)).toBe("");
  });
});

test("how somebody is, is how far they are, and that they are away; who is away does not plan", () => {
  const at = (presence: "away" | "here", has_plan: boolean, ready = false) =>
    doingOf({ ...ADA, presence, has_plan, ready }, true);

  expect([at("here", false), at("away", false), at("away", true), at("away", true, true)]).toEqual([
    ["planning"],
    ["away"],
    ["planned", "away"],
    ["ready", "away"],
  ]);
  expect(doingOf({ ...ADA, presence: "away" }, false)).toEqual(["away"]);
});

test("away are people only", () => {
  expect([isAway({ ...ADA, presence: "away" }), isAway({ ...ADA, presence: "away", is_bot: true })]).toEqual([
    true,
    false,
  ]);
});

describe("whom the round waits for", () => {
  test.each([
    [["p2"], "Waiting for Bo"],
    [["p3", "p2"], "Waiting for Bo and Cy"],
    [["p2", "p3", "p4"], "Waiting for Bo, Cy and Dee"],
    [["p2", "p3", "p4", "p5"], "Waiting for Bo, Cy and 2 more"],
    [["p1", "p2"], ""],
    [["p1"], "The round waits for you"],
    [[], ""],
  ])("is said by name: %j", (seats, words) => {
    expect(waitingWords({ waiting_for: seats, players: ALL }, "p1", false)).toBe(words);
  });

  test("is nobody more who said just now that they are ready", () => {
    expect(waitingWords({ waiting_for: ["p1", "p2"], players: ALL }, "p1", true)).toBe("Waiting for Bo");
    expect(waitingWords({ waiting_for: ["p1"], players: ALL }, "p1", true)).toBe("");
  });
});

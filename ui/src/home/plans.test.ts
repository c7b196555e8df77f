import { describe, expect, it } from "vitest";
import { BOUNDS, NEW_GAME, PRESETS, RADIUS } from "../lib/numbers";
import { againstBots, FIRST_GAME, newWish, requestOf, ROUND_SECONDS, sameTable, STRENGTHS, withSeats } from "./plans";

describe("one tap on Play", () => {
  it("offers bots from mild to hard, and fills the table with the chosen ones", () => {
    expect(STRENGTHS).toEqual(["wanderer", "hunter", "strategist"]);
    expect(againstBots("strategist")).toMatchObject({ seats: 4, bots: 3, bot: "strategist" });
  });
});

describe("a new game after a fall", () => {
  it("is the same table once more: as large, as strong, as long a round", () => {
    const settings = { ...PRESETS.labyrinth, radius: RADIUS[3], round_seconds: 120, rules_revision: 2 };

    expect(sameTable({ seats: 3, bot: "wanderer", preset: "labyrinth", settings })).toEqual({
      ...FIRST_GAME,
      settings: {},
    });
  });

  it("keeps every rule that differs from its preset", () => {
    const settings = { ...PRESETS.classic, radius: 3, health: 4, round_seconds: 20 };

    expect(sameTable({ seats: 6, bot: "strategist", preset: "classic", settings })).toMatchObject({
      seats: 6,
      bots: 5,
      bot: "strategist",
      preset: "classic",
      round_seconds: 20,
      settings: { radius: 3, health: 4 },
    });
  });
});

describe("making a game", () => {
  it("names no setting that was not changed", () => {
    expect(requestOf(newWish())).toEqual({ ...NEW_GAME, settings: {} });
  });

  it("offers the usual length of a round, and none that the rules refuse", () => {
    const { least, greatest } = BOUNDS.round_seconds;

    expect(ROUND_SECONDS).toContain(NEW_GAME.round_seconds);
    expect(ROUND_SECONDS.filter((seconds) => seconds < least || seconds > greatest)).toEqual([]);
    expect([...ROUND_SECONDS].sort((one, other) => one - other)).toEqual(ROUND_SECONDS);
  });

  it("leaves a seat for oneself when seats are taken away", () => {
    expect(withSeats({ ...newWish(), bots: 3 }, 2)).toMatchObject({ seats: 2, bots: 1 });
  });

  it("names what was changed", () => {
    const wish = newWish();
    wish.advanced = { ...wish.advanced, radius: 3, away_after: 0, minotaur: false, closed_gallery: true, seed: 0 };

    const request = requestOf(wish);

    expect(request.settings).toEqual({ radius: 3, away_after: 0, minotaur: false, gallery: "closed" });
    expect(request.seed).toBe(0);
  });

  it("does not send the labyrinth's dangers to the classic game, which has none", () => {
    const wish = newWish();
    wish.preset = "classic";
    wish.advanced = { ...wish.advanced, minotaur: false, collapse: false, collapse_first: 5, sight: 4, health: 6 };

    expect(requestOf(wish).settings).toEqual({ health: 6 });
  });
});

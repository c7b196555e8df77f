import { describe, expect, it } from "vitest";
import { newWish, requestOf, withSeats } from "./plans";

describe("making a game", () => {
  it("names no setting that was not changed", () => {
    expect(requestOf(newWish())).toEqual({
      seats: 4,
      bots: 0,
      bot: "hunter",
      round_seconds: 30,
      preset: "labyrinth",
      settings: {},
    });
  });

  it("leaves a seat for oneself when seats are taken away", () => {
    expect(withSeats({ ...newWish(), bots: 3 }, 2)).toMatchObject({ seats: 2, bots: 1 });
  });

  it("names what was changed", () => {
    const wish = newWish();
    wish.advanced = { ...wish.advanced, radius: 3, minotaur: false, closed_gallery: true, seed: 0 };

    const request = requestOf(wish);

    expect(request.settings).toEqual({ radius: 3, minotaur: false, gallery: "closed" });
    expect(request.seed).toBe(0);
  });

  it("does not send the labyrinth's dangers to the classic game, which has none", () => {
    const wish = newWish();
    wish.preset = "classic";
    wish.advanced = { ...wish.advanced, minotaur: false, collapse: false, collapse_first: 5, sight: 4, health: 6 };

    expect(requestOf(wish).settings).toEqual({ health: 6 });
  });
});

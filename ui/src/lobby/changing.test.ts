import { describe, expect, it } from "vitest";
import type { GameInfo } from "$lib/wire";
import { PRESETS } from "../lib/numbers";
import { changeOf, wishOf } from "./changing";
import { otherRules, usualWords } from "./rules";

function game(settings: Record<string, unknown> = {}, more: Partial<GameInfo> = {}): GameInfo {
  const preset = more.preset ?? "labyrinth";
  return {
    kind: "minotaur",
    game_id: "g",
    join_code: "K7QX2M",
    game_status: "lobby",
    latest_round: 0,
    round_ends_at: null,
    players: [],
    winner_id: null,
    settings: { seats: 4, radius: 5, round_seconds: 30, ...PRESETS[preset], ...settings },
    preset,
    seats: 4,
    bots: 1,
    host_id: "p1",
    you: "p1",
    seed_chosen: false,
    kept: [],
    invited: null,
    rematch: null,
    public: false,
    made_at: null,
    ended_at: null,
    place: null,
    waiting_for: [],
    over_why: null,
    bot: "hunter",
    ...more,
  };
}

describe("the rules that a lobby tells", () => {
  it("are the preset's name and the length of a round, and nothing else while all is usual", () => {
    expect([usualWords(game()), otherRules(game())]).toEqual(["Labyrinth · 30 seconds a round", []]);
    expect(otherRules(game({}, { preset: "classic" }))).toEqual([]);
  });

  it("name each that differs, whatever it is", () => {
    const others = Object.keys(PRESETS.labyrinth);
    const strange = Object.fromEntries(others.map((name) => [name, 77]));

    expect(otherRules(game(strange))).toHaveLength(others.length);
    expect(otherRules(game({ radius: 3, minotaur: false, hero_damage: 5 }))).toEqual([
      "a board 3 steps from its middle to its edge",
      "no Minotaur",
      "a hero’s blow takes 5",
    ]);
  });
});

describe("what a host changes", () => {
  it("is nothing while the form is as it was", () => {
    const wish = wishOf(game({ health: 7, sight: 3 }));

    expect(wish.advanced).toMatchObject({ health: 7, sight: 3, radius: null });
    expect(changeOf(wish, wish)).toBeNull();
  });

  it("is what was touched, and only that", () => {
    const before = wishOf(game());
    const after = { ...before, round_seconds: 60, advanced: { ...before.advanced, minotaur: false } };

    expect(changeOf(before, after)).toEqual({ round_seconds: 60, settings: { minotaur: false } });
  });

  it("puts an emptied field back to what is usual, the radius for as many seats as there are then", () => {
    const before = wishOf(game({ health: 7, radius: 3, away_after: 0 }));
    const emptied = { ...before.advanced, health: null, radius: null, away_after: null };
    const { health, away_after } = PRESETS.labyrinth;

    expect(changeOf(before, { ...before, seats: 6, advanced: emptied })).toEqual({
      seats: 6,
      settings: { health, radius: 6, away_after },
    });
  });

  it("lets the radius go with the seats where nobody chose one", () => {
    const before = wishOf(game());

    expect(changeOf(before, { ...before, seats: 8 })).toEqual({ seats: 8 });
  });

  it("finds the labyrinth as it usually is, coming from the classic rules", () => {
    const before = wishOf(game({}, { preset: "classic" }));

    expect(changeOf(before, { ...before, preset: "labyrinth" })).toEqual({ preset: "labyrinth" });
  });

  it("with another preset brings what was chosen beside it", () => {
    const before = wishOf(game());
    const after = { ...before, preset: "classic" as const, advanced: { ...before.advanced, health: 4 } };

    expect(changeOf(before, after)).toEqual({ preset: "classic", settings: { health: 4 } });
  });
});

import { describe, expect, it } from "vitest";
import type { ReplayEvent } from "$lib/wire";
import { lineOf, stepWords } from "./told";

const nameOf = (id: string) => ({ p1: "Ada", p2: "Ben", minotaur: "the Minotaur" })[id] ?? "somebody";
const common = { seq: 9, at: "2025-01-01T12:00:00.000Z", round: 2, step: 1, notation: "" };
const words = (event: ReplayEvent) => lineOf(event, nameOf)?.words;

describe("a replay in words", () => {
  it("tells where somebody goes, though the event says where they came from", () => {
    const went = {
      ...common,
      type: "pc_entered_hex",
      id: "p1",
      hex: { q: 1, r: 0 },
      from_vector: { q: -1, r: 0 },
    } as const;

    expect(words(went)).toBe("Ada goes east.");
  });

  it("tells blows, misses and deaths with everybody's name", () => {
    const of = { type: "pc_attacked", id: "minotaur", target_id: "p2", hex: { q: 0, r: 0 }, missed: null } as const;
    const blow = { ...common, ...of };

    expect(words({ ...blow, hit: true, damage: 4 })).toBe("The Minotaur strikes Ben: −4.");
    expect(words({ ...blow, hit: false, damage: 0 })).toBe("The Minotaur strikes at Ben and misses.");
    expect(words({ ...blow, hit: false, damage: 0, missed: "fell" })).toBe(
      "The Minotaur strikes at Ben, who has fallen.",
    );
    expect(words({ ...common, type: "killed", id: "p2", by: ["p1", "minotaur"] })).toBe(
      "Ben is slain by Ada and the Minotaur.",
    );
    expect(words({ ...common, type: "killed", id: "p2", by: ["collapse"] })).toBe("Ben falls into the chasm.");
  });

  it("keeps quiet about what stands elsewhere", () => {
    const left = { ...common, type: "pc_left_hex", id: "p1", hex: { q: 0, r: 0 }, to_vector: { q: 1, r: 0 } } as const;

    expect(lineOf(left, nameOf)).toBeNull();
  });
});

it("names the steps of a plan", () => {
  expect(stepWords({ type: "move", vector: { q: 1, r: -1 } }, nameOf)).toBe("move north-east");
  expect(stepWords({ type: "attack", target_id: "minotaur" }, nameOf)).toBe("attack the Minotaur");
  expect(stepWords({ type: "wait" }, nameOf)).toBe("wait");
});

it("says that a game ended because nobody played any more", () => {
  const over = { seq: 9, at: "", round: 24, step: 0, notation: "", type: "game_over", winner_id: null } as const;

  expect(lineOf({ ...over, why: "untouched" }, nameOf)?.words).toBe("Nobody plays any more: the game is ended.");
  expect(lineOf({ ...over, why: null }, nameOf)?.words).toBe("Nobody wins.");
});

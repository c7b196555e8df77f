import { describe, expect, test } from "vitest";
import type { TablePlayer } from "@clew/client";
import { fateWords, resultTitle, turnWords, whyWords } from "./standing";

const nameOf = (seat: string): string => ({ p1: "Ada", p2: "Bo", p3: "Cy" })[seat] ?? seat;

describe("how a game ended", () => {
  test.each([
    [["p1"], "p1", "You win"],
    [["p1", "p2"], "p1", "You and Bo win"],
    [["p1", "p2", "p3"], "p2", "You, Ada and Cy win"],
    [["p2"], "p1", "Bo wins"],
    [["p2", "p3"], null, "Bo and Cy win"],
    [[], "p1", "Nobody wins"],
  ])("is said for whom it concerns: %j to %s", (winners, you, title) => {
    expect(resultTitle(winners, you, nameOf)).toBe(title);
  });

  test("is said of each by the runtime's word or the game's", () => {
    expect([fateWords("resigned"), fateWords("ran_out_of_money")]).toEqual(["gave up", "ran out of money"]);
  });

  test("has a reason where the game has none", () => {
    expect([whyWords(null), whyWords("untouched")]).toEqual([
      "",
      "Nobody had played for a long time, so the game was ended.",
    ]);
  });
});

test("whose turn it is, is said by name", () => {
  const players = ["p1", "p2", "p3"].map(
    (player_id) => ({ player_id, display_name: nameOf(player_id) }) as TablePlayer,
  );

  expect([[], ["p2"], ["p1", "p3"]].map((seats) => turnWords(seats, players))).toEqual([
    "The round is being told.",
    "It is Bo’s turn.",
    "Ada and Cy are on turn.",
  ]);
});

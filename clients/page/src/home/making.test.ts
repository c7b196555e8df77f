import { describe, expect, test } from "vitest";
import type { Kind, TableInfo } from "@clew/client";
import { change, patience, request, rounds, usual, withSeats } from "./making";

const BIDS: Kind = {
  kind: "bids",
  title: "Bids",
  about: "",
  subprotocol: "bids.v1",
  seats: [2, 6],
  round_seconds: 45,
  round_seconds_bounds: [15, 600],
  bots: true,
  away_after: 1,
  options: {},
  plan: {},
};

describe("a new table", () => {
  test("can begin at once, unless its maker wants otherwise", () => {
    expect(usual(BIDS)).toEqual({ seats: 2, bots: 1, round_seconds: 45, away_after: 1 });
    expect(usual({ ...BIDS, bots: false }).bots).toBe(0);
    expect(usual({ ...BIDS, seats: [1, 4] }).seats).toBe(2);
    expect(usual({ ...BIDS, seats: [1, 1] })).toEqual({ seats: 1, bots: 0, round_seconds: 45, away_after: 1 });
  });

  test("keeps its bots when seats come and go, and one seat for its maker", () => {
    const four = withSeats(usual(BIDS), 4);
    expect([four, withSeats(four, 2)].map(({ seats, bots }) => [seats, bots])).toEqual([
      [4, 3],
      [2, 1],
    ]);
    expect(withSeats({ seats: 4, bots: 2, round_seconds: 45, away_after: 1 }, 2).bots).toBe(1);
    expect(withSeats({ seats: 4, bots: 0, round_seconds: 45, away_after: 1 }, 5).bots).toBe(0);
  });

  test("has rounds within the bounds, the game's own among them", () => {
    expect(rounds(BIDS, 45).map(({ words }) => words)).toEqual([
      "20 seconds",
      "30 seconds",
      "45 seconds",
      "1 minute",
      "2 minutes",
      "5 minutes",
      "10 minutes",
    ]);
  });

  test("has as much patience with who is away as is usual, as it has, or none to lose", () => {
    expect(patience(BIDS, 1)).toEqual([0, 1, 2, 3, 5, 10]);
    expect(patience({ ...BIDS, away_after: 4 }, 7)).toEqual([0, 1, 2, 3, 4, 5, 7, 10]);
  });

  test("is asked for with all that was chosen", () => {
    expect(request(BIDS, usual(BIDS), { lots: 3 })).toEqual({
      kind: "bids",
      seats: 2,
      bots: 1,
      round_seconds: 45,
      away_after: 1,
      options: { lots: 3 },
    });
  });
});

describe("a table that is there", () => {
  const before = { seats: 4, bots: 2, round_seconds: 45, away_after: 1, options: { lots: 6, open: true } } as TableInfo;
  const same = { seats: 4, bots: 2, round_seconds: 45, away_after: 1 };

  test("is asked for nothing while nothing was touched", () => {
    expect(change(before, same, { lots: 6, open: true })).toBeNull();
  });

  test("is asked for what was touched, each option apart", () => {
    expect(change(before, { ...same, seats: 3 }, { lots: 7, open: true })).toEqual({ seats: 3, options: { lots: 7 } });
    expect(change(before, { ...same, away_after: 0 }, { lots: 6, open: true })).toEqual({ away_after: 0 });
  });

  test("keeps a round that nobody is offered", () => {
    expect(rounds(BIDS, 47).some(({ seconds }) => seconds === 47)).toBe(true);
  });
});

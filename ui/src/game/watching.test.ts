import { expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import { USUAL } from "../lib/numbers";
import type { View } from "../lib/wire";
import { termsOf } from "./terms";
import { watchingWords } from "./watching";

const DELAYED = termsOf({ gallery: "delayed", gallery_delay: 3 });

function watched(change: Partial<View>): View {
  return { ...viewOf(7), viewer: "spectator", shown_round: null, ...change };
}

const BOARD: View["hexes"] = [{ q: 0, r: 0, terrain: "floor", cracked: false, in_sight: true }];
const FALLEN: View["you"] = {
  player_id: "p1",
  health: 0,
  ap: 0,
  player_status: "eliminated",
  autopilot: false,
  plan: [],
  ready: false,
};

test("who plays is told nothing about watching, nor is anybody after the end", () => {
  expect(watchingWords(viewOf(2), DELAYED)).toBeNull();
  expect(watchingWords(watched({ game_status: "concluded", hexes: BOARD }), DELAYED)).toBeNull();
});

test("before there is a board to be shown, a watcher learns when it comes", () => {
  expect(watchingWords(watched({}), DELAYED)).toBe(
    "You are watching. The board comes three rounds late: you see it from round 4 on.",
  );
  expect(watchingWords(watched({ you: FALLEN }), termsOf({ gallery_delay: 1 }))).toBe(
    "You have fallen. The board comes one round late: you see it from round 2 on.",
  );
});

test("a late board says of which round it is", () => {
  expect(watchingWords(watched({ hexes: BOARD, shown_round: 4 }), DELAYED)).toBe(
    "You are watching. This is the board of round 4, three rounds ago.",
  );
});

test("where all is open, the board is the present one", () => {
  expect(watchingWords(watched({ you: FALLEN, hexes: BOARD, shown_round: 7 }), DELAYED)).toBe(
    "You have fallen. This is the board as it stands.",
  );
});

test("a closed gallery says whose wish that is", () => {
  expect(watchingWords(watched({ you: FALLEN }), termsOf({ gallery: "closed" }))).toBe(
    "You have fallen. The host keeps the board closed to watchers.",
  );
});

test("terms that were left out are as the rules have them", () => {
  const { round_seconds, health, gallery_delay } = USUAL;

  expect(termsOf({})).toMatchObject({ round_ms: 1000 * round_seconds, health, closed: false, late: gallery_delay });
  expect(termsOf({ round_seconds: 300, health: 1, gallery: "closed", gallery_delay: 5 })).toMatchObject({
    round_ms: 300_000,
    health: 1,
    closed: true,
    late: 5,
  });
});

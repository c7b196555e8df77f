import { expect, it } from "vitest";
import type { GameInfo } from "$lib/wire";
import { startsAtOnce } from "./rematch";

const info = (change: Partial<GameInfo> = {}): GameInfo => ({
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
  kind: "minotaur",
  game_id: "g",
  join_code: "ABCDEF",
  game_status: "concluded",
  latest_round: 9,
  round_ends_at: null,
  players: ["p1", "p2", "p3"].map((player_id, index) => ({
    player_id,
    display_name: player_id,
    player_status: "eliminated",
    is_bot: index > 0,
    autopilot: false,
    bot: index > 0 ? "hunter" : null,
  })),
  winner_id: null,
  settings: { seats: 3, preset: "labyrinth", round_seconds: 60, radius: 4, minotaur: false },
  preset: "labyrinth",
  seats: 3,
  bots: 2,
  bot: "hunter",
  host_id: "p1",
  you: "p1",
  ...change,
});

it("starts at once when there is nobody to wait for", () => {
  expect(startsAtOnce(info())).toBe(true);
  expect(startsAtOnce(info({ seats: 4 }))).toBe(false);
});

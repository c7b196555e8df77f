import { describe, expect, it } from "vitest";
import type { GameInfo, PlayerInfo } from "$lib/wire";
import { companyOf, standingOf } from "./standing";

const NOW = Date.parse("2025-01-01T12:00:00.000Z");

function player(player_id: string, display_name: string, change: Partial<PlayerInfo> = {}): PlayerInfo {
  return { player_id, display_name, player_status: "playing", is_bot: false, autopilot: false, bot: null, ...change };
}

function game(change: Partial<GameInfo> = {}): GameInfo {
  return {
    kind: "minotaur",
    seed_chosen: false,
    kept: [],
    invited: null,
    rematch: null,
    public: false,
    made_at: null,
    ended_at: null,
    place: null,
    waiting_for: [],
    game_id: "g",
    join_code: "ABCDEF",
    game_status: "active",
    latest_round: 4,
    round_ends_at: "2025-01-01T12:00:21.000Z",
    players: [player("p1", "Ada"), player("p2", "Ben"), player("p3", "Bot", { is_bot: true })],
    winner_id: null,
    settings: {},
    preset: "labyrinth",
    seats: 4,
    bots: 1,
    bot: "hunter",
    host_id: "p1",
    you: "p1",
    over_why: null,
    ...change,
  };
}

describe("how one of my games stands", () => {
  it("tells the round and the time left", () => {
    expect(standingOf(game(), NOW).words).toBe("Round 4 · 21 s left");
  });

  it("tells how many seats are free in a lobby", () => {
    const lobby = (seats: number, bots: number) =>
      standingOf(game({ game_status: "lobby", seats, bots, players: [player("p1", "Ada"), player("p2", "Ben")] }), NOW);

    expect(lobby(4, 1).words).toBe("1 seat free");
    expect(lobby(2, 0).words).toBe("All are here");
    expect(lobby(3, 1).words).toBe("You can begin"); // as the lobby itself says: a bot takes what is left
  });

  it("says when I am out of it or a bot plays for me", () => {
    const fallen = game({ players: [player("p1", "Ada", { player_status: "eliminated" })] });
    const away = game({ players: [player("p1", "Ada", { autopilot: true })] });

    expect(standingOf(fallen, NOW).words).toBe("Round 4 · you have fallen");
    expect(standingOf(away, NOW).words).toBe("Round 4 · a bot stands in for you");
  });

  it("says who wants another game where a seat is kept", () => {
    const asked = game({ game_status: "lobby", invited: "p1", you: null, host_id: "p2" });
    expect(standingOf(asked, NOW).words).toBe("Ben wants another game");
  });

  it("tells the result", () => {
    expect(standingOf(game({ game_status: "concluded", winner_id: "p1" }), NOW).words).toBe("You won");
    expect(standingOf(game({ game_status: "concluded", winner_id: "p2" }), NOW).words).toBe("Ben won");
    expect(standingOf(game({ game_status: "concluded" }), NOW).words).toBe("A draw");
    const left = game({ game_status: "concluded", over_why: "untouched" });
    expect(standingOf(left, NOW).words).toBe("Ended, as nobody played");
  });
});

describe("with whom I play", () => {
  it("names people and counts bots, leaving me out", () => {
    expect(companyOf(game())).toBe("with Ben and 1 bot");
    const alone = { players: [player("p1", "Ada")] };
    expect(companyOf(game({ ...alone, game_status: "lobby" }))).toBe("Nobody else is here yet");
    expect(companyOf(game({ ...alone, game_status: "canceled" }))).toBe("Nobody else was here");
  });
});

import { describe, expect, it } from "vitest";
import { byUrgency, endWords, freeSeats, isYourTurn, openWords, type Listed } from "$parts/games/standing";
import { madeWords } from "$parts/games/words";

const NOW = Date.parse("2026-01-01T12:00:00.000Z");

function game(change: Partial<Listed> = {}): Listed {
  return {
    game_id: "g",
    join_code: "ABCDEF",
    game_status: "active",
    latest_round: 4,
    round_ends_at: "2026-01-01T12:01:00.000Z",
    seats: 3,
    you: null,
    players: ["Ada", "Bo"].map((name, at) => ({
      player_id: `p${at + 1}`,
      display_name: name,
      player_status: at === 0 ? "playing" : "resigned",
    })),
    kept: [],
    waiting_for: ["p1"],
    made_at: "2026-01-01T11:55:00.000Z",
    ended_at: null,
    place: null,
    ...change,
  };
}

describe("what a list says of a public game", () => {
  it("counts the seats that anybody may take, none that is kept", () => {
    expect(freeSeats(game({ game_status: "lobby" }))).toBe(1);
    expect(freeSeats(game({ game_status: "lobby", kept: [{}] }))).toBe(0);
    expect(freeSeats(game())).toBe(0);
  });

  it("says how a lobby and a game that is on are", () => {
    expect(openWords(game({ game_status: "lobby" }), 30, NOW)).toBe(
      "1 of 3 seats free · rounds of 30 seconds · made 5 min ago",
    );
    expect(openWords(game(), 3_600, NOW)).toBe("Round 4 · 1 still in it · rounds of 1 hour · made 5 min ago");
  });
});

describe("when a game was made", () => {
  it.each([
    [-5_000, "made just now"],
    [59_999, "made just now"],
    [60_000, "made 1 min ago"],
    [59 * 60_000, "made 59 min ago"],
    [47 * 3_600_000, "made 47 h ago"],
    [48 * 3_600_000, "made 2 days ago"],
  ])("%i ms ago is %s", (ago_ms, words) => {
    expect(madeWords(ago_ms)).toBe(words);
  });
});

describe("my games", () => {
  it("know whose turn it is, also where the server does not say", () => {
    expect(isYourTurn(game({ you: "p1" }))).toBe(true);
    expect(isYourTurn(game({ you: "p2" }))).toBe(false);
    expect(isYourTurn(game())).toBe(false);
    const { waiting_for, ...older } = game({ you: "p1" });
    expect(waiting_for).toEqual(["p1"]);
    expect(isYourTurn(older)).toBe(false);
  });

  it("stand by whose turn it is, then by their deadline, lobbies last in the order they came", () => {
    const soon = "2026-01-01T12:00:10.000Z";
    const all = [
      game({ game_id: "lobby", game_status: "lobby", round_ends_at: null }),
      game({ game_id: "theirs" }),
      game({ game_id: "theirs soon", round_ends_at: soon }),
      game({ game_id: "mine", you: "p1" }),
      game({ game_id: "older lobby", game_status: "lobby", round_ends_at: null }),
      game({ game_id: "mine soon", you: "p1", round_ends_at: soon }),
    ];
    expect(byUrgency(all).map(({ game_id }) => game_id)).toEqual([
      "mine soon",
      "mine",
      "theirs soon",
      "theirs",
      "lobby",
      "older lobby",
    ]);
  });

  it("say the place and the day, as far as they are known", () => {
    expect(endWords(game())).toBe("");
    expect(endWords(game({ place: 2 }))).toBe("place 2 of 2");
    expect(endWords(game({ place: 1, ended_at: "2026-01-01T12:00:00.000Z" }))).toMatch(/^place 1 of 2 · .*2026/);
  });
});

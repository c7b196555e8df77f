import { describe, expect, it } from "vitest";
import type { ShownEvent, View, PlayerSeen } from "$lib/wire";
import { fatesOf, lineOf, titleOf, verdictOf } from "./fates";

const player = (player_id: string, display_name: string, player_status: PlayerSeen["player_status"]): PlayerSeen => ({
  player_id,
  display_name,
  player_status,
  is_bot: false,
  autopilot: false,
  bot: null,
  presence: "here",
  has_plan: false,
  ready: false,
});

function ended(winner_id: string | null, me: string | null): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    game_status: "concluded",
    round: 9,
    round_ends_at: null,
    round_ms: null,
    you:
      me === null
        ? null
        : { player_id: me, health: 0, ap: 0, player_status: "eliminated", autopilot: false, plan: [], ready: false },
    hexes: [],
    characters: [],
    players: [
      player("p1", "Ada", "eliminated"),
      player("p2", "Ben", "won"),
      player("p3", "Cy", "resigned"),
      player("p4", "Dee", "eliminated"),
    ],
    winner_id,
    viewer: me === null ? "spectator" : "player",
    host_id: "p1",
    seats: 4,
    shown_round: 9,
    over_why: null,
  };
}

const told: ShownEvent[] = [
  { type: "killed", seq: 8, round: 3, step: 1, id: "p4", by: ["collapse"] },
  { type: "resigned", seq: 9, round: 5, step: 0, id: "p3" },
  { type: "killed", seq: 12, round: 9, step: 2, id: "p1", by: ["minotaur", "p2"] },
];

describe("the verdict", () => {
  it("is yours", () => {
    expect(verdictOf(ended("p2", "p2"))).toBe("won");
    expect(verdictOf(ended("p2", "p1"))).toBe("lost");
    expect(verdictOf(ended(null, "p1"))).toBe("draw");
    expect(verdictOf(ended("p2", null))).toBe("watched");
  });

  it("is said in words", () => {
    expect(titleOf(ended("p2", null))).toBe("Ben won");
    expect(lineOf(ended("p2", "p1"))).toBe("Ben is the last hero standing.");
  });

  it("says why where nobody played any more, to players and to who watches", () => {
    for (const me of ["p1", null]) {
      const view: View = { ...ended(null, me), over_why: "untouched" };

      expect(titleOf(view)).toBe("Nobody won");
      expect(lineOf(view)).toBe("Nobody has played here for many rounds, so the game was ended.");
    }
  });
});

describe("everybody's fate", () => {
  it("goes from the winner to the first who fell", () => {
    expect(fatesOf(ended("p2", "p1"), told).map((fate) => fate.player.player_id)).toEqual(["p2", "p1", "p3", "p4"]);
  });

  it("puts who fell later in a round before who fell earlier in it", () => {
    const round = (seq: number, step: number, id: string): ShownEvent => ({
      type: "killed",
      seq,
      round: 9,
      step,
      id,
      by: step === 0 ? ["collapse"] : ["p2"],
    });
    const fell: ShownEvent[] = [
      { type: "resigned", seq: 1, round: 9, step: 0, id: "p4" },
      round(2, 3, "p1"),
      round(3, 0, "p3"),
    ];

    expect(fatesOf(ended("p2", "p1"), fell).map((fate) => fate.player.player_id)).toEqual(["p2", "p3", "p1", "p4"]);
  });

  it("says who killed whom, and when", () => {
    const words = Object.fromEntries(
      fatesOf(ended("p2", "p1"), told).map((fate) => [fate.player.player_id, fate.words]),
    );

    expect(words).toEqual({
      p2: "last one standing",
      p1: "slain by the Minotaur and Ben, round 9",
      p3: "gave up, round 5",
      p4: "fell into the chasm, round 3",
    });
  });

  it("knows from the list who fell if the story has a gap", () => {
    const words = fatesOf(ended("p2", "p1"), []).map((fate) => fate.words);

    expect(words).toEqual(["last one standing", "fell", "gave up", "fell"]);
  });
});

/** The plainest view there is of a round. */

import type { View } from "../src/lib/wire";

export function viewOf(round: number): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round,
    round_ends_at: null,
    round_ms: null,
    you: null,
    hexes: [],
    characters: [],
    players: [],
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: round,
  };
}

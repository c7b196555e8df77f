/** What lists say of games: public ones, and one's own. Pure. */

import type { GameStatus } from "@clew/client";
import { locale } from "../catalogue/formats";
import { spanWords } from "../durations";
import { madeWords, WORDS } from "./words";

interface Playing {
  readonly player_id: string;
  readonly display_name: string;
  readonly player_status: string;
}

/** As much of a game as is looked at here. A server before 0.3.0 does not say the optional ones. */
export interface Listed {
  readonly game_id: string;
  readonly join_code: string;
  readonly game_status: GameStatus;
  readonly latest_round: number;
  readonly round_ends_at: string | null;
  readonly seats: number;
  readonly you: string | null;
  readonly players: readonly Playing[];
  readonly kept?: readonly unknown[];
  readonly waiting_for?: readonly string[];
  readonly made_at?: string | null;
  readonly ended_at?: string | null;
  readonly place?: number | null;
}

/** Seats that whoever comes may take. */
export function freeSeats(game: Listed): number {
  if (game.game_status !== "lobby") return 0;
  return Math.max(
    0,
    game.seats - game.players.length - (game.kept?.length ?? 0),
  );
}

/** "2 of 4 seats free · rounds of 30 seconds · made 5 min ago", or "Round 3 · 2 still in it · …". */
export function openWords(
  game: Listed,
  round_seconds: number,
  now_ms: number,
): string {
  const playing = game.players.filter(
    ({ player_status }) => player_status === "playing",
  );
  const how =
    game.game_status === "lobby"
      ? [WORDS.seats(freeSeats(game), game.seats)]
      : [WORDS.round(game.latest_round), WORDS.playing(playing.length)];
  const made = game.made_at ?? null;
  const since = made === null ? [] : [madeWords(now_ms - Date.parse(made))];
  return [...how, WORDS.rounds(spanWords(round_seconds)), ...since].join(" · ");
}

/** Whether the game waits for you. */
export function isYourTurn(game: Listed): boolean {
  return (
    game.you !== null &&
    game.game_status === "active" &&
    (game.waiting_for ?? []).includes(game.you)
  );
}

/** Where it is your turn first, then what goes on without you, both by their deadline; then what has not begun. */
export function byUrgency<G extends Listed>(games: readonly G[]): G[] {
  const rank = (game: G) =>
    isYourTurn(game) ? 0 : game.game_status === "active" ? 1 : 2;
  const ends = (game: G) =>
    game.game_status === "active" && game.round_ends_at !== null
      ? Date.parse(game.round_ends_at)
      : Number.MAX_SAFE_INTEGER;
  return [...games].sort(
    (one, other) => rank(one) - rank(other) || ends(one) - ends(other),
  );
}

/** "place 2 of 4 · 29 Nov 2026", as far as it is known. */
export function endWords(game: Listed): string {
  const place = game.place ?? null;
  const ended = game.ended_at ?? null;
  return [
    ...(place === null ? [] : [WORDS.place(place, game.players.length)]),
    ...(ended === null ? [] : [dateWords(ended)]),
  ].join(" · ");
}

function dateWords(at: string): string {
  return new Date(at).toLocaleDateString(locale(), { dateStyle: "medium" });
}

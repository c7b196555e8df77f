/** How one of my games stands, in a few words. Pure. */

import { assertNever } from "@clew/client";
import type { GameInfo } from "$lib/wire";
import { hostOf } from "$parts/again/offer";
import { counted, leftWords } from "$parts/durations";
import { awaited, isFull } from "$parts/lobby/seats";

export interface Standing {
  readonly words: string;
  readonly mood: "torch" | "moss" | "blood" | "soft";
}

/** The round and the time left, or who is missing, or how it ended. `now_ms` since the epoch. */
export function standingOf(game: GameInfo, now_ms: number): Standing {
  switch (game.game_status) {
    case "lobby":
      return lobbyStanding(game);
    case "active":
      return activeStanding(game, now_ms);
    case "concluded":
      return resultOf(game);
    case "canceled":
      return { words: "Called off", mood: "soft" };
    case "quarantined":
      return { words: "Set aside for repair", mood: "soft" };
    default:
      return assertNever(game.game_status, { words: "", mood: "soft" });
  }
}

/** "with Ada, Ben and 2 bots": everybody but me. */
export function companyOf(game: GameInfo): string {
  const others = game.players.filter((player) => player.player_id !== game.you);
  const names = others.filter((player) => !player.is_bot).map((player) => player.display_name);
  const bots = others.length - names.length;
  if (bots > 0) names.push(counted(bots, "bot"));
  if (names.length === 0) return game.game_status === "lobby" ? "Nobody else is here yet" : "Nobody else was here";
  return `with ${listed(names)}`;
}

/** "Ada", "Ada and Ben", "Ada, Ben and Cy". */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function lobbyStanding(game: GameInfo): Standing {
  if (game.invited !== null) return { words: `${hostOf(game)} wants another game`, mood: "torch" };
  const free = awaited(game);
  if (free === 0) return { words: isFull(game) ? "All are here" : "You can begin", mood: "torch" };
  return { words: `${counted(free, "seat")} free`, mood: "torch" };
}

function activeStanding(game: GameInfo, now_ms: number): Standing {
  const round = `Round ${game.latest_round}`;
  const me = game.players.find((player) => player.player_id === game.you);
  if (me !== undefined && me.player_status !== "playing") return { words: `${round} · you have fallen`, mood: "soft" };
  if (me?.autopilot) return { words: `${round} · a bot stands in for you`, mood: "blood" };
  if (game.round_ends_at === null) return { words: round, mood: "torch" };
  return { words: `${round} · ${leftWords(Date.parse(game.round_ends_at) - now_ms)}`, mood: "torch" };
}

function resultOf(game: GameInfo): Standing {
  if (game.over_why === "untouched") return { words: "Ended, as nobody played", mood: "soft" };
  if (game.winner_id === null) return { words: "A draw", mood: "soft" };
  if (game.winner_id === game.you) return { words: "You won", mood: "moss" };
  const winner = game.players.find((player) => player.player_id === game.winner_id);
  return { words: `${winner?.display_name ?? "Somebody"} won`, mood: "soft" };
}

/** How one of my games stands, in a few words. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { listed } from "$parts/catalogue/formats";
import { assertNever } from "@clew/client";
import type { GameInfo } from "$lib/wire";
import { hostOf } from "$parts/again/offer";
import { leftWords } from "$parts/durations";
import { isYourTurn } from "$parts/games/standing";
import { WORDS } from "$parts/games/words";
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
      return { words: t("front-called-off"), mood: "soft" };
    case "quarantined":
      return { words: t("front-set-aside"), mood: "soft" };
    default:
      return assertNever(game.game_status, { words: "", mood: "soft" });
  }
}

/** "with Ada, Ben and 2 bots": everybody but me. */
export function companyOf(game: GameInfo): string {
  const others = game.players.filter((player) => player.player_id !== game.you);
  const names = others.filter((player) => !player.is_bot).map((player) => player.display_name);
  const bots = others.length - names.length;
  if (bots > 0) names.push(t("front-bots", { count: bots }));
  if (names.length === 0) return game.game_status === "lobby" ? t("front-nobody-yet") : t("front-nobody-was");
  return t("front-with", { names: listed(names) });
}

function lobbyStanding(game: GameInfo): Standing {
  if (game.invited !== null) return { words: t("front-wants-another", { host: hostOf(game) }), mood: "torch" };
  const free = awaited(game);
  if (free === 0) return { words: isFull(game) ? t("front-all-here") : t("front-can-begin"), mood: "torch" };
  return { words: t("front-seats-free", { count: free }), mood: "torch" };
}

function activeStanding(game: GameInfo, now_ms: number): Standing {
  const round = t("game-round", { round: game.latest_round });
  const me = game.players.find((player) => player.player_id === game.you);
  if (me !== undefined && me.player_status !== "playing") return { words: t("front-fallen", { round }), mood: "soft" };
  if (me?.autopilot) return { words: t("front-stands-in", { round }), mood: "blood" };
  if (game.round_ends_at === null) return { words: round, mood: "torch" };
  const turn = isYourTurn(game) ? `${round} · ${WORDS.yourTurn}` : round;
  return {
    words: t("front-round-left", { round: turn, left: leftWords(Date.parse(game.round_ends_at) - now_ms) }),
    mood: "torch",
  };
}

function resultOf(game: GameInfo): Standing {
  if (game.over_why === "untouched") return { words: t("front-untouched"), mood: "soft" };
  if (game.winner_id === null) return { words: t("end-draw"), mood: "soft" };
  if (game.winner_id === game.you) return { words: t("end-you-won"), mood: "moss" };
  const winner = game.players.find((player) => player.player_id === game.winner_id);
  return { words: t("end-won", { name: winner?.display_name ?? t("again-somebody") }), mood: "soft" };
}

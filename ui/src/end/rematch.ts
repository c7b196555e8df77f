/** The same game once more. */

import type { BotKind, CreateGame, GameInfo } from "$lib/wire";

/** What the request already names by itself, or what a new game must find anew. */
const NOT_SETTINGS = new Set(["seats", "preset", "round_seconds", "seed"]);

/** A request for a game with the same rules, for as many people and bots as there were. */
export function rematchOf(info: GameInfo, bot: BotKind): CreateGame {
  const settings = Object.fromEntries(Object.entries(info.settings).filter(([name]) => !NOT_SETTINGS.has(name)));
  const request: CreateGame = { seats: info.seats, bots: botsIn(info), bot, preset: info.preset, settings };
  if (typeof info.settings.round_seconds === "number") request.round_seconds = info.settings.round_seconds;
  return request;
}

export function botsIn(info: GameInfo): number {
  return info.players.filter((player) => player.is_bot).length;
}

/** Only you and bots: nobody has to be waited for. */
export function startsAtOnce(info: GameInfo): boolean {
  return botsIn(info) === info.seats - 1;
}

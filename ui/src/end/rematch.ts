/** The same game once more. */

import type { GameInfo } from "$lib/wire";

/** Only you and bots: nobody has to be waited for. */
export function startsAtOnce({ players, seats }: Pick<GameInfo, "players" | "seats">): boolean {
  return players.filter((player) => player.is_bot).length === seats - 1;
}

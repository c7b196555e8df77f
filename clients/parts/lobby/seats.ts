/** The seats of a lobby: who sits where, which wait for a friend, which a bot takes if nobody comes. Pure. */

import type { Seen } from "../company";
import { t } from "../catalogue/catalogue";

export interface Sitting extends Seen {
  /** Of which kind the bot is in it; null: of the game's usual one, or none. */
  readonly bot: string | null;
}

/** A kind of bot that the game has: "a hunter". */
export interface BotChoice {
  readonly kind: string;
  readonly words: string;
  readonly hint: string;
}

export interface Lobby {
  readonly seats: number;
  readonly bots: number;
  readonly host_id: string;
  readonly you: string | null;
  readonly players: readonly Sitting[];
  /** Empty seats of a rematch that are kept for who played before. */
  readonly kept: readonly KeptSeat[];
}

export interface KeptSeat {
  readonly player_id: string;
  readonly display_name: string;
}

export type Seat =
  | {
      readonly kind: "taken";
      readonly number: number;
      readonly player: Sitting;
      readonly host: boolean;
      readonly you: boolean;
    }
  | { readonly kind: "kept"; readonly number: number; readonly for: KeptSeat }
  | { readonly kind: "bot"; readonly number: number }
  | { readonly kind: "free"; readonly number: number };

/** Seats in order, some of them empty in between where somebody left. Of those the last go to bots, as many as the host
 * wished. */
export function seatsOf(lobby: Lobby): Seat[] {
  let free = awaited(lobby);
  return Array.from({ length: lobby.seats }, (_, index): Seat => {
    const number = index + 1;
    const player = lobby.players.find(
      (each) => each.player_id === `p${number}`,
    );
    if (player !== undefined) {
      const host = player.player_id === lobby.host_id;
      return {
        kind: "taken",
        number,
        player,
        host,
        you: player.player_id === lobby.you,
      };
    }
    free -= 1;
    const kept = lobby.kept.find((each) => each.player_id === `p${number}`);
    if (kept !== undefined) return { kind: "kept", number, for: kept };
    return { kind: free < 0 ? "bot" : "free", number };
  });
}

/** How many seats wait for a friend, which no bot will take. */
export function awaited({
  seats,
  bots,
  players,
}: Pick<Lobby, "bots" | "seats"> & { players: readonly unknown[] }): number {
  return Math.max(0, seats - players.length - bots);
}

/** Whom the host may still wait for: all people but the host who have not said that they are ready. */
export function unready({ players, host_id }: Lobby): Sitting[] {
  return players.filter(
    (each) =>
      !each.is_bot && each.player_id !== host_id && each.ready === false,
  );
}

/** The number in a seat's name: 3 for "p3". */
export function seatNumber(seat: string): number {
  return Number(seat.slice(1));
}

/** The least number of seats with a place for all who sit here, where seats in between may be empty. */
export function seatsNeeded(
  players: readonly { readonly player_id: string }[],
): number {
  return Math.max(0, ...players.map(({ player_id }) => seatNumber(player_id)));
}

/** Why the game cannot start yet, or null if it can. */
export function missing(lobby: Lobby): string | null {
  const free = awaited(lobby);
  return free === 0 ? null : t("lobby-still-empty", { count: free });
}

/** Whether nobody more may sit down but those for whom a seat is kept, of whom somebody with an invitation is one. */
export function isFullFor(
  lobby: Pick<Lobby, "kept" | "players" | "seats">,
  invited: string | null,
): boolean {
  const taken =
    lobby.players.length + (invited === null ? lobby.kept.length : 0);
  return taken >= lobby.seats;
}

export function isFull(lobby: {
  readonly seats: number;
  readonly players: readonly unknown[];
}): boolean {
  return lobby.players.length >= lobby.seats;
}

/** What is to be said of a player, and of how a game ended. */

import { assertNever, type OverWhy, type PlayerStatus, type TablePlayer } from "@clew/client";
import { listed } from "../words/names";

/** What has become of a player, for the list; "" where it goes without saying. */
export function statusWords(status: PlayerStatus): string {
  switch (status) {
    case "waiting":
    case "playing":
      return "";
    case "eliminated":
      return "out";
    case "resigned":
      return "gave up";
    case "won":
      return "won";
    case "survived":
      return "stayed to the end";
    default:
      return assertNever(status, "");
  }
}

/** How the game ended, in a headline. */
export function resultTitle(winners: readonly string[], you: string | null, nameOf: (seat: string) => string): string {
  const others = winners.filter((seat) => seat !== you).map(nameOf);
  if (winners.length === 0) return "Nobody wins";
  if (you === null || !winners.includes(you)) return `${listed(others)} ${winners.length === 1 ? "wins" : "win"}`;
  return others.length === 0 ? "You win" : `${listed(["You", ...others])} win`;
}

/** Why nobody won, where that was not the game's own doing. */
export function whyWords(why: OverWhy | null): string {
  switch (why) {
    case null:
      return "";
    case "untouched":
      return "Nobody had played for a long time, so the game was ended.";
    default:
      return assertNever(why, "");
  }
}

/** Whose turn it is, as the others are told: "It is Bo's turn." */
export function turnWords(onTurn: readonly string[], players: readonly TablePlayer[]): string {
  const names = players.filter(({ player_id }) => onTurn.includes(player_id)).map(({ display_name }) => display_name);
  if (names.length === 0) return "The round is being told.";
  return names.length === 1 ? `It is ${names[0]}’s turn.` : `${listed(names)} are on turn.`;
}

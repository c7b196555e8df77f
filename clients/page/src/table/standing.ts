/** What is to be said of a player, and of how a game ended. */

import { t } from "$parts/catalogue/catalogue";
import { assertNever, type OverWhy, type PlayerStatus, type TablePlayer } from "@clew/client";
import { listed } from "$parts/catalogue/formats";

/** What has become of a player, for the list; "" where it goes without saying. */
export function statusWords(status: PlayerStatus): string {
  switch (status) {
    case "waiting":
    case "playing":
      return "";
    case "eliminated":
      return t("table-out");
    case "resigned":
      return t("table-gave-up");
    case "won":
      return t("table-won");
    case "survived":
      return t("table-stayed");
    default:
      return assertNever(status, "");
  }
}

/** How it ended for somebody, by the word in their results: one that the runtime has, or a game's own. */
export function fateWords(fate: string): string {
  return fate === "resigned" ? statusWords(fate) : fate.replaceAll("_", " ");
}

/** How the game ended, in a headline. */
export function resultTitle(winners: readonly string[], you: string | null, nameOf: (seat: string) => string): string {
  const others = winners.filter((seat) => seat !== you).map(nameOf);
  if (winners.length === 0) return t("table-nobody-wins");
  const names = listed(others);
  if (you === null || !winners.includes(you)) return t("table-win", { names, count: winners.length });
  if (others.length === 0) return t("table-you-win");
  return others.length === 1 ? t("table-win-with-you", { names }) : t("table-win-with-you-many", { names });
}

/** What has become of you, as a sentence. */
export function yourStatusWords(status: PlayerStatus): string {
  switch (status) {
    case "waiting":
    case "playing":
      return t("table-you-watch");
    case "eliminated":
      return t("table-you-out");
    case "resigned":
      return t("table-you-gave-up");
    case "won":
      return t("table-you-won");
    case "survived":
      return t("table-you-stayed");
    default:
      return assertNever(status, "");
  }
}

/** Why nobody won, where that was not the game's own doing. */
export function whyWords(why: OverWhy | null): string {
  switch (why) {
    case null:
      return "";
    case "untouched":
      return t("table-untouched");
    default:
      return assertNever(why, "");
  }
}

/** Whose turn it is, as the others are told: "It is Bo's turn." */
export function turnWords(onTurn: readonly string[], players: readonly TablePlayer[]): string {
  const names = players.filter(({ player_id }) => onTurn.includes(player_id)).map(({ display_name }) => display_name);
  if (names.length === 0) return t("table-being-told");
  return t("table-turn-of", { names: listed(names), count: names.length });
}

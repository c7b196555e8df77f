/** What is said to those who watch. Pure. */

import { t } from "$parts/catalogue/catalogue";
import type { View } from "../lib/wire";
import type { Terms } from "./terms";

/** Why the board is what it is for a watcher of a running game; null for whoever plays, and after the end. */
export function watchingWords(view: View, terms: Terms): string | null {
  if (view.viewer === "player" || view.game_status !== "active") return null;
  const opening = view.you !== null ? t("plan-you-fell") : t("plan-watching");
  return `${opening} ${boardWords(view, terms)}`;
}

function boardWords({ hexes, shown_round, round }: View, { closed, late }: Terms): string {
  if (hexes.length > 0 && shown_round === round) return t("watching-board-now");
  const rounds = t("watching-rounds", { count: late });
  if (hexes.length > 0 && shown_round !== null) return t("watching-board-of", { round: shown_round, rounds });
  if (closed) return t("watching-closed");
  return t("watching-late", { rounds, from: late + 1 });
}

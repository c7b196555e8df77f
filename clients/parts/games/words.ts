/** Every sentence about games in lists, in one place: public ones, and one's own. */

import { t } from "../catalogue/catalogue";

export const WORDS = {
  title: t("games-public-title"),
  about: t("games-public-about"),
  none: t("games-public-none"),
  looking: t("games-looking"),
  look: t("games-look"),
  looks: t("games-looks"),
  join: t("games-join"),
  watch: t("games-watch"),
  more: t("games-more"),
  again: t("games-again"),
  seats: (free: number, all: number) => t("games-seats-free", { free, all }),
  round: (round: number) => t("games-round", { round }),
  playing: (count: number) => t("games-playing", { count }),
  rounds: (span: string) => t("games-rounds-of", { span }),
  yourTurn: t("games-your-turn"),
  place: (place: number, of: number) => t("games-place", { place, of }),
  anyone: t("games-anyone"),
  anyoneWhy: t("games-anyone-why"),
  open: t("games-open"),
} as const;

/** "made just now", "made 5 min ago", "made 3 h ago", "made 2 days ago". */
export function madeWords(ago_ms: number): string {
  const minutes = Math.floor(ago_ms / 60_000);
  if (minutes < 1) return t("games-made-now");
  if (minutes < 60) return t("games-made-minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("games-made-hours", { count: hours });
  return t("games-made-days", { count: Math.floor(hours / 24) });
}

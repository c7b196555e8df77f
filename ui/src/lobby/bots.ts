/** The kinds of bots, as a person chooses among them. */

import { t } from "$parts/catalogue/catalogue";
import type { BotChoice } from "$parts/lobby/seats";
import type { BotKind } from "$lib/wire";

const WORDS: Record<BotKind, { readonly one: string; readonly many: string; readonly hint: string }> = {
  hunter: { one: t("gate-hunter"), many: t("gate-hunters"), hint: t("gate-hunter-hint") },
  strategist: { one: t("gate-strategist"), many: t("gate-strategists"), hint: t("gate-strategist-hint") },
  wanderer: { one: t("gate-wanderer"), many: t("gate-wanderers"), hint: t("gate-wanderer-hint") },
};

const KINDS = Object.keys(WORDS) as BotKind[];

/** For a single seat. */
export const BOTS: readonly BotChoice[] = KINDS.map((kind) => ({
  kind,
  words: WORDS[kind].one,
  hint: WORDS[kind].hint,
}));

/** For all that fill seats at the start. */
export const BOTS_TOGETHER = KINDS.map((value) => ({ value, words: WORDS[value].many, hint: WORDS[value].hint }));

/** "a hunter"; a bot of a kind that this page does not know is just a bot. */
export function botWords(kind: string | null): string {
  return BOTS.find((bot) => bot.kind === kind)?.words ?? t("gate-some-bot");
}

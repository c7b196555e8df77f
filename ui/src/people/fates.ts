/** What Minotaur says became of a hero. */

import { t } from "$parts/catalogue/catalogue";

const FATES: Readonly<Record<string, string>> = {
  won: t("fate-won"),
  survived: t("fate-survived"),
  resigned: t("end-gave-up"),
  minotaur: t("fate-minotaur"),
  hero: t("fate-hero"),
  collapse: t("fate-collapse"),
  lair: t("fate-lair"),
};

/** A server of a later release may have words of which this page knows none. */
export function fateWords(fate: string): string {
  return FATES[fate] ?? fate;
}

/** The rules in pictures, in the order in which they are read, with the numbers of a game. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { STEPS_MAX } from "../lib/numbers";
import type { Terms } from "../game/terms";

export type PlateKind = "plan" | "flames" | "act" | "sees" | "hears" | "beast" | "falls" | "wins";

export interface Plate {
  readonly kind: PlateKind;
  readonly title: string;
  readonly words: string;
}

/** What is not in a game is not in its rule book. */
export function platesOf(terms: Terms): Plate[] {
  const { rings, sight } = terms;
  const plate = (kind: PlateKind, words: string): Plate => ({ kind, title: t(`book-${kind}`), words });
  return [
    plate("plan", t("book-plan-text", { steps: STEPS_MAX })),
    plate("flames", t("book-flames-text", { gain: terms.ap_gain, cap: terms.ap_cap })),
    plate("act", t("book-act-text", { damage: terms.hero_damage })),
    plate("sees", sight === null ? t("book-sees-all") : t("book-sees-text", { sight })),
    plate("hears", t("book-hears-text", { hearing: terms.hearing })),
    ...(terms.minotaur ? [plate("beast", t("book-beast-text", { damage: terms.minotaur_damage }))] : []),
    ...(rings === null ? [] : [plate("falls", t("book-falls-text", { first: rings.first, every: rings.every }))]),
    plate("wins", t("book-wins-text")),
  ];
}

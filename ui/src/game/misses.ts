/** Why a blow missed, for the log and the replay. Pure. */

import { t } from "$parts/catalogue/catalogue";
import type { PcAttackedShown } from "../lib/wire";

/** Null where nobody wrote it down: games of the first rules, and what was kept before. */
export type Missed = PcAttackedShown["missed"] | undefined;

/** As the one tells it who struck. */
export function missOfYours(missed: Missed, target: string): string | null {
  return missed ? t(`miss-yours-${missed}`, { target }) : null;
}

/** As the one tells it who was struck at, and stands where the blow fell, alive. */
export function missAtYou(missed: Missed, who: string): string | null {
  return missed ? t("miss-at-you", { who }) : null;
}

/** As anybody else tells it. */
export function missOfTheirs(missed: Missed, who: string, target: string): string | null {
  return missed ? t(`miss-theirs-${missed}`, { who, target }) : null;
}

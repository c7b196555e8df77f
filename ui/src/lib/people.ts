/** Names of those who play, and of the Minotaur, in the form that a sentence has them in. Pure. */

import { t } from "$parts/catalogue/catalogue";

/** `subject` does something, `object` has it done to them, `by` stands where something happens through or for them. */
export type Form = "by" | "object" | "subject";

const MINOTAURS: Record<Form, string> = {
  by: t("game-minotaur-by"),
  object: t("game-minotaur-object"),
  subject: t("game-minotaur"),
};

const YOURS: Record<Form, string> = {
  by: t("game-you-by"),
  object: t("game-you-object"),
  subject: t("game-you"),
};

export function theMinotaur(form: Form = "subject"): string {
  return MINOTAURS[form];
}

export function you(form: Form = "subject"): string {
  return YOURS[form];
}

/** Of somebody who is called so. */
export function named(name: string, form: Form = "subject"): string {
  return form === "object" ? t("game-name-object", { name }) : name;
}

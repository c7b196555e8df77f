/** What somebody may be called at a table, as far as a page can tell. The server judges: `clew.people.names`. Pure. */

import { t } from "./catalogue/catalogue";

export const NAME_CHARS_MAX = 24;

export const TOO_LONG = t("name-too-long", { most: NAME_CHARS_MAX });

/** Counted as the server does: composed, with single blanks, by code points. */
export function isTooLong(typed: string): boolean {
  const kept = typed.normalize("NFC").replace(/\s+/gu, " ").trim();
  return [...kept].length > NAME_CHARS_MAX;
}

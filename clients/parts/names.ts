/** What somebody may be called at a table, as far as a page can tell. The server judges: `clew.people.names`. Pure. */

export const NAME_CHARS_MAX = 24;

export const TOO_LONG = `That name is too long for the table: ${NAME_CHARS_MAX} characters at most.`;

/** Counted as the server does: composed, with single blanks, by code points. */
export function isTooLong(typed: string): boolean {
  const kept = typed.normalize("NFC").replace(/\s+/gu, " ").trim();
  return [...kept].length > NAME_CHARS_MAX;
}

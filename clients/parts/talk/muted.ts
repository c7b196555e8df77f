/** Whom somebody does not want to hear at a game: by seat and name, for the seat may get another's. Kept in this browser;
 * where storage is forbidden, until the page is left. */

export type Muted = Readonly<Record<string, string>>;

const KEY = "clew.muted.";

export function mutedAt(code: string): Muted {
  try {
    return mutedOf(JSON.parse(localStorage.getItem(KEY + code) ?? "{}"));
  } catch {
    return {};
  }
}

export function keepMuted(code: string, muted: Muted): void {
  try {
    if (Object.keys(muted).length === 0) localStorage.removeItem(KEY + code);
    else localStorage.setItem(KEY + code, JSON.stringify(muted));
  } catch {
    // Then it holds as long as the page does.
  }
}

/** The same with somebody muted, or heard again. */
export function turned(muted: Muted, seat: string, name: string): Muted {
  const { [seat]: before, ...others } = muted;
  return before === name ? others : { ...others, [seat]: name };
}

function mutedOf(stored: unknown): Muted {
  if (typeof stored !== "object" || stored === null) return {};
  const entries = Object.entries(stored).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

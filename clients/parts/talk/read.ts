/** How far somebody has read what was said at a game, kept as long as the tab is: who loads the page again has read it. */

const KEY = "clew.read.";

/** Milliseconds since the epoch by the server's clock; 0: nothing of it. */
export function readUpTo(code: string): number {
  try {
    return Number(sessionStorage.getItem(KEY + code)) || 0;
  } catch {
    return 0;
  }
}

export function keepRead(code: string, read_ms: number): void {
  try {
    sessionStorage.setItem(KEY + code, String(read_ms));
  } catch {
    // Then it is new again after a reload.
  }
}

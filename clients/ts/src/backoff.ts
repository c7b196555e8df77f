/** How long to wait before the next try: growing, bounded, and never the same for everyone. */

const FIRST_MS = 300;
/** With the handshake under the 5 s within which a page finds a server that is there again, and sees what became of its game. */
const LAST_MS = 4_800;

/** The wait before try `attempt` (0 for the first): between half of it and all of it, by chance. */
export function retryDelay_ms(attempt: number, chance: number): number {
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(full * (0.5 + 0.5 * chance));
}

/** To which games somebody is called: to those that one does not sit and wait for. Pure. */

/** In rounds that are shorter nobody is called (`LONG_ROUND_S`, src/clew/people/pushes/bounds.py). */
export const LONG_ROUND_MS = 600_000;

/** What a view of any game has of it. */
export interface Called {
  readonly game_status: string;
  readonly round_ms: number | null;
  readonly you: { readonly player_status: string } | null;
}

/** Whether who sees this is called to it, if they want to be. */
export function isCalledTo({ game_status, round_ms, you }: Called): boolean {
  return (
    game_status === "active" &&
    you?.player_status === "playing" &&
    (round_ms ?? 0) >= LONG_ROUND_MS
  );
}

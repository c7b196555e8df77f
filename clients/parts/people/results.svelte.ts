/** How a game ended for the people in it: there some seconds after its end. */

import type { GameResults, SeatOutcome } from "@clew/client";

const AGAIN_MS = 3000;
const TRIES_MAX = 10;

export class Results {
  seats: readonly SeatOutcome[] = $state.raw([]);

  constructor(readonly ask: () => Promise<GameResults>) {}

  /** Asks until they are there, or for half a minute: without them a page only has no links to people. Returns how to stop. */
  watch(): () => void {
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const look = async () => {
      const found = await this.ask().catch(() => null);
      if (stopped) return;
      if (found?.reckoned === true) this.seats = found.seats;
      else if (++tries < TRIES_MAX)
        timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }
}

/** My games, by how far they are. Looked up again every few seconds while the page can be seen. */

import { api } from "$lib/api";
import type { GameInfo } from "$lib/wire";
import { myself } from "../me";
import { byUrgency } from "$parts/games/standing";
import { problemOf, type Problem } from "$parts/problem";
import { whileSeen } from "$parts/seen";

const LOOK_EVERY_MS = 5_000;
const TICK_MS = 1_000;
const SHOWN_MAX = 10;
const CALLED_OFF_MAX = 3;

export class MyGames {
  /** Null until the first answer. */
  running: GameInfo[] | null = $state(null);
  finished: GameInfo[] | null = $state(null);
  /** The latest that never began. */
  calledOff: GameInfo[] = $state([]);
  problem: Problem | null = $state(null);
  nextCursor: string | null = $state(null);
  /** By the server's clock, a second at a time. */
  now_ms = $state(api.clock.now());

  /** Returns how to stop. */
  watch(): () => void {
    void this.look();
    const stop = whileSeen(() => this.look(), LOOK_EVERY_MS);
    const tick = setInterval(() => (this.now_ms = api.clock.now()), TICK_MS);
    return () => {
      stop();
      clearInterval(tick);
    };
  }

  async look(): Promise<void> {
    try {
      const [active, lobby, concluded, canceled] = await Promise.all([
        api.myGames("active", null, SHOWN_MAX),
        api.myGames("lobby", null, SHOWN_MAX),
        api.myGames("concluded", null, SHOWN_MAX),
        api.myGames("canceled", null, CALLED_OFF_MAX),
      ]);
      this.now_ms = api.clock.now(); // The answers brought the server's time: before it, nothing may be read by the device's.
      this.running = byUrgency([...active.games, ...lobby.games]);
      this.calledOff = canceled.games;
      if (this.finished === null || this.finished.length <= SHOWN_MAX) {
        this.finished = concluded.games;
        this.nextCursor = concluded.next_cursor;
      }
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
      myself.heard(error);
    }
  }

  async more(): Promise<void> {
    if (this.nextCursor === null) return;
    try {
      const page = await api.myGames("concluded", this.nextCursor, SHOWN_MAX);
      this.finished = [...(this.finished ?? []), ...page.games];
      this.nextCursor = page.next_cursor;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}

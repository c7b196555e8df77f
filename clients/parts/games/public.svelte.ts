/** The games that anybody may join or watch. Looked up again every few seconds while the page can be seen. */

import { problemOf, type Problem } from "../problem";
import { whileSeen } from "../seen";
import type { Listed } from "./standing";

const LOOK_EVERY_MS = 10_000;
const PAGE_GAMES = 10;
const PAGES_MAX = 10;

/** What of the server it needs. */
export interface PublicCalls<G> {
  publicGames(
    cursor: string | null,
    limit: number,
  ): Promise<{ games: G[]; next_cursor: string | null }>;
  readonly clock: { now(): number };
}

export class PublicGames<G extends Listed> {
  readonly #calls: PublicCalls<G>;
  readonly #heard: (error: unknown) => void;
  #pages = 1;

  /** Null until the first answer. Those in which you sit are among your own. */
  games: readonly G[] | null = $state.raw(null);
  problem: Problem | null = $state(null);
  hasMore = $state(false);
  /** By the server's clock, when they were looked up. */
  now_ms = $state(0);

  /** `heard` is told what went wrong, too. */
  constructor(calls: PublicCalls<G>, heard: (error: unknown) => void) {
    this.#calls = calls;
    this.#heard = heard;
  }

  /** Returns how to stop. */
  watch(): () => void {
    void this.look();
    return whileSeen(() => this.look(), LOOK_EVERY_MS);
  }

  async look(): Promise<void> {
    try {
      const found: G[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < this.#pages; page += 1) {
        const answer: { games: G[]; next_cursor: string | null } =
          await this.#calls.publicGames(cursor, PAGE_GAMES);
        found.push(...answer.games);
        cursor = answer.next_cursor;
        if (cursor === null) break;
      }
      const once = new Map(found.map((game) => [game.game_id, game]));
      this.games = [...once.values()].filter(({ you }) => you === null);
      this.hasMore = cursor !== null && this.#pages < PAGES_MAX;
      this.now_ms = this.#calls.clock.now();
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
      this.#heard(error);
    }
  }

  more(): Promise<void> {
    this.#pages += 1;
    return this.look();
  }
}

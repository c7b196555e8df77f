/** The next game of those who played one: whether there is any, whose it is, and what somebody can do about it. */

import type { GameStatus, Rematched } from "@clew/client";
import { problemOf, type Problem } from "../problem";
import { whileSeen } from "../seen";

const LOOK_EVERY_MS = 5_000;

/** What of a game's listing it needs. */
export interface Listed {
  readonly join_code: string;
  readonly game_status: GameStatus;
  readonly host_id: string;
  readonly you: string | null;
  readonly invited: string | null;
  readonly rematch: string | null;
  readonly players: readonly {
    readonly player_id: string;
    readonly display_name: string;
  }[];
}

/** What of the server it needs. */
export interface NextCalls {
  game(code: string): Promise<Listed>;
  rematch(code: string): Promise<Rematched>;
  leave(code: string): Promise<void>;
}

export class Next {
  readonly #calls: NextCalls;
  readonly #code: string;

  /** The next game as it is now; null: there is none, or it is not known yet. */
  game: Listed | null = $state.raw(null);
  busy: "ask" | "decline" | null = $state(null);
  problem: Problem | null = $state(null);

  /** `code` is the game that is over. */
  constructor(calls: NextCalls, code: string) {
    this.#calls = calls;
    this.#code = code;
  }

  /** Look now and every few seconds while the page can be seen. Returns how to stop. */
  watch(): () => void {
    void this.look();
    return whileSeen(() => this.look(), LOOK_EVERY_MS);
  }

  /** What can't be looked up just now stays as it was known. */
  async look(): Promise<void> {
    try {
      const { rematch } = await this.#calls.game(this.#code);
      this.game = rematch === null ? null : await this.#calls.game(rematch);
    } catch (error) {
      problemOf(error);
    }
  }

  /** Have a seat in it, which makes it if there is none; gives its code, null where it can't be. */
  async ask(): Promise<string | null> {
    let code: string | null = null;
    await this.#run("ask", async () => {
      code = (await this.#calls.rematch(this.#code)).join_code;
    });
    return code;
  }

  /** Give up the seat that is kept for us. */
  async decline(): Promise<void> {
    const { game } = this;
    if (game !== null)
      await this.#run("decline", () => this.#calls.leave(game.join_code));
  }

  async #run(
    what: "ask" | "decline",
    call: () => Promise<void>,
  ): Promise<void> {
    if (this.busy !== null) return;
    this.busy = what;
    this.problem = null;
    try {
      await call();
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.busy = null;
    }
    await this.look();
  }
}

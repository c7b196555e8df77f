/** What is done in a lobby, one thing at a time: what is on its way, and what came of the last. */

import type { ChangeGame } from "@clew/client";
import { problemOf, type Problem } from "../problem";

/** What of the server it needs. */
export interface LobbyCalls {
  start(code: string): Promise<void>;
  cancel(code: string): Promise<void>;
  leave(code: string): Promise<void>;
  sendAway(code: string, playerId: string): Promise<void>;
  change(code: string, wanted: ChangeGame): Promise<void>;
}

export type Act =
  | "bot"
  | "change"
  | "call_off"
  | "leave"
  | "open"
  | "pass"
  | "send_away"
  | "start";

export class Acts {
  readonly #calls: LobbyCalls;
  readonly #code: string;
  readonly #onacted: () => Promise<void>;

  busy: Act | null = $state(null);
  #wrong: { act: Act; problem: Problem } | null = $state.raw(null);

  /** `onacted` looks how the lobby is after it, whatever came of it: others may have been quicker. */
  constructor(calls: LobbyCalls, code: string, onacted: () => Promise<void>) {
    this.#calls = calls;
    this.#code = code;
    this.#onacted = onacted;
  }

  /** What went wrong, if it was one of these that did, and the last. */
  problemWith(...acts: readonly Act[]): Problem | null {
    return this.#wrong !== null && acts.includes(this.#wrong.act)
      ? this.#wrong.problem
      : null;
  }

  /** What went wrong before is of no interest any more. */
  forget(): void {
    this.#wrong = null;
  }

  start(): Promise<boolean> {
    return this.#run("start", () => this.#calls.start(this.#code));
  }

  callOff(): Promise<boolean> {
    return this.#run("call_off", () => this.#calls.cancel(this.#code));
  }

  leave(): Promise<boolean> {
    return this.#run("leave", () => this.#calls.leave(this.#code));
  }

  sendAway(playerId: string): Promise<boolean> {
    return this.#run("send_away", () =>
      this.#calls.sendAway(this.#code, playerId),
    );
  }

  passTo(playerId: string): Promise<boolean> {
    return this.#run("pass", () =>
      this.#calls.change(this.#code, { host_id: playerId }),
    );
  }

  /** `null`: nobody is to sit there. */
  seatBot(seat: number, bot: string | null): Promise<boolean> {
    const seats = { [seat]: bot === null ? null : { bot } };
    return this.#run("bot", () => this.#calls.change(this.#code, { seats }));
  }

  /** Whether whoever looks for a game finds it. */
  open(wanted: boolean): Promise<boolean> {
    return this.#run("open", () =>
      this.#calls.change(this.#code, { public: wanted }),
    );
  }

  change(wanted: ChangeGame): Promise<boolean> {
    return this.#run("change", () => this.#calls.change(this.#code, wanted));
  }

  /** Whether it was done. Not while something else is on its way. */
  async #run(act: Act, call: () => Promise<void>): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = act;
    this.#wrong = null;
    let done = false;
    try {
      await call();
      done = true;
    } catch (error) {
      this.#wrong = { act, problem: problemOf(error) };
    } finally {
      this.busy = null;
    }
    await this.#onacted();
    return done;
  }
}

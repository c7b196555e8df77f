/** The commands a player gave and the server has not answered yet, in order.
 *
 * They go one at a time: at most one is on the wire, and it stays the first until it is answered, so that the order
 * holds across any number of connections. A plan that was not yet sent gives way to a newer one, so the list is short
 * however long the server is away.
 */

import { newCommandId } from "./ids.js";
import type { ErrorBody, GameTypes } from "./protocol.js";

/** What became of a command. `superseded`: a newer plan took its place before it was ever sent, or the game was put back
 * to an earlier one. */
export type Answer =
  | { type: "accepted"; seq: number }
  | { type: "refused"; error: ErrorBody }
  | { type: "superseded" }
  | { type: "closed" };

/** A command that waits for its answer. `sent`: the server may have it; before that a newer plan takes its place. */
export interface Pending<G extends GameTypes> {
  readonly command_id: string;
  readonly command: G["command"];
  readonly sent: boolean;
}

export interface Command<G extends GameTypes> {
  readonly command_id: string;
  readonly command: G["command"];
  readonly settle: (answer: Answer) => void;
}

export class Outbox<G extends GameTypes> {
  #waiting: Command<G>[] = [];
  #inFlight: Command<G> | null = null;
  readonly #changed: (pending: readonly Pending<G>[]) => void;

  /** `changed` is called with what is pending whenever that is not the same as before. */
  constructor(changed: (pending: readonly Pending<G>[]) => void) {
    this.#changed = changed;
  }

  get pending(): readonly Pending<G>[] {
    return this.#unanswered().map(({ command_id, command }) => {
      return { command_id, command, sent: command_id === this.#inFlight?.command_id };
    });
  }

  /** The command that was sent and not answered. */
  get inFlight(): Command<G> | null {
    return this.#inFlight;
  }

  /** Take a command in. The promise settles when `answer` or `abandon` decides it. */
  add(command: G["command"], now_ms: number): Promise<Answer> {
    return new Promise((settle) => {
      if (command.type === "plan") this.#dropWaitingPlans();
      this.#waiting.push({ command_id: newCommandId(now_ms), command, settle });
      this.#changed(this.pending);
    });
  }

  /** The next command to send, which is in flight from now on; null if there is none or one is in flight already. */
  take(): Command<G> | null {
    if (this.#inFlight !== null) return null;
    this.#inFlight = this.#waiting.shift() ?? null;
    if (this.#inFlight !== null) this.#changed(this.pending);
    return this.#inFlight;
  }

  /** The server's answer to a command. An answer to anything but the one in flight is an echo and means nothing. */
  answer(command_id: string, answer: Answer): void {
    if (this.#inFlight?.command_id !== command_id) return;
    const { settle } = this.#inFlight;
    this.#inFlight = null;
    settle(answer);
    this.#changed(this.pending);
  }

  /** There will be no answers any more. */
  abandon(): void {
    this.#settleAll({ type: "closed" });
  }

  /** The game they were given for is no more: an answer that comes yet means nothing. */
  forget(): void {
    this.#settleAll({ type: "superseded" });
  }

  #settleAll(answer: Answer): void {
    const unanswered = this.#unanswered();
    this.#inFlight = null;
    this.#waiting = [];
    for (const { settle } of unanswered) settle(answer);
    if (unanswered.length > 0) this.#changed([]);
  }

  #unanswered(): readonly Command<G>[] {
    return this.#inFlight === null ? this.#waiting : [this.#inFlight, ...this.#waiting];
  }

  #dropWaitingPlans(): void {
    const dropped = this.#waiting.filter(({ command }) => command.type === "plan");
    this.#waiting = this.#waiting.filter(({ command }) => command.type !== "plan");
    for (const { settle } of dropped) settle({ type: "superseded" });
  }
}

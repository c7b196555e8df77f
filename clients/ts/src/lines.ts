/** The way to a game: one line that is kept, a second one while it is doubted, and the next try after all are lost.
 *
 * A line that may be dead is not dropped: it is asked, and a second one is tried at once. Whichever answers first is kept
 * (docs/decisions/0097-one-answer-and-a-second-line.md), so a doubt that was wrong costs nobody anything.
 */

import { retryDelay_ms } from "./backoff.js";
import { Line, type LineHolder } from "./line.js";
import type { Environment } from "./environment.js";
import type { GameTypes, Said } from "./protocol.js";
import { Timers } from "./timers.js";

/** A try to connect that takes longer is given up: the first after the least of these, later ones after more. */
export const CONNECT_MIN_MS = 4_000;
export const CONNECT_MAX_MS = 10_000;
/** A doubt is told to the player if it lasts longer. */
export const DOUBT_SHOWN_MS = 1_000;
/** However often the device says that its network changed: from one try to the next so much time goes by. */
export const AGAIN_MIN_MS = 250;
/** The least wait after the server said "try again later". */
export const TRY_LATER_MIN_MS = 2_000;

/** `closed` is final: there will be no further try unless the player asks for one. */
export type Status = "connecting" | "open" | "reconnecting" | "closed";

export type ClosedReason = "left" | "done" | "not_allowed" | "not_signed_in" | "no_such_game";

const CLOSED_FOR_GOOD: Readonly<Record<number, ClosedReason>> = {
  1000: "done",
  1008: "not_allowed",
  4401: "not_signed_in",
  4404: "no_such_game",
};
const CODE_TRY_LATER = 1013;

export interface LinesHolder<G extends GameTypes> {
  /** Opens a line from where the page is now. */
  open(patience_ms: number, holder: LineHolder<G>): Line<G>;
  /** Said on the line that is kept. */
  onMessage(line: Line<G>, message: Said<G>): void;
  /** The line that is kept has answered a question that was asked at `sent_ms`. */
  onAnswer(server_time: string, sent_ms: number): void;
  onStatus(status: Status, reason: ClosedReason | null): void;
}

export class Lines<G extends GameTypes> {
  readonly #holder: LinesHolder<G>;
  readonly #world: Environment;
  readonly #timers: Timers<"retry" | "second" | "again" | "shown">;
  readonly #lineHolder: LineHolder<G> = {
    onMessage: (line, message) => this.#receive(line, message),
    onAnswer: (line, server_time, sent_ms) => this.#hearFrom(line, server_time, sent_ms),
    onSilence: (line) => this.#missed(line),
    onClosed: (line, code) => this.#closed(line, code),
  };

  #status: Status = "connecting";
  #kept: Line<G> | null = null;
  #second: Line<G> | null = null;
  #attempt = 0;
  #tried_ms = -Infinity;
  #stopWaking: (() => void) | null = null;

  constructor(holder: LinesHolder<G>, world: Environment) {
    this.#holder = holder;
    this.#world = world;
    this.#timers = new Timers(world);
  }

  get status(): Status {
    return this.#status;
  }

  /** The line on which commands go, once it was welcomed; null while there is none. */
  get open(): Line<G> | null {
    return this.#kept?.welcomed === true ? this.#kept : null;
  }

  start(): void {
    this.#stopWaking = this.#world.onWaking(() => {
      if (this.#status !== "closed") this.retryNow();
    });
    this.#connect();
  }

  stop(): void {
    this.#stopWaking?.();
    this.#finish("left");
  }

  /** The device woke up or is on another network, or the player asks: find out now instead of waiting. Only who asks is
   * let in anew after a close that was final. */
  retryNow(): void {
    if (this.#kept !== null) {
      this.#doubtAnew();
      return;
    }
    this.#attempt = 0;
    if (this.#status === "closed") this.#setStatus("reconnecting", null);
    this.#connect();
  }

  /** What was sent had no answer for too long. */
  doubt(): void {
    this.#kept?.ask();
    this.#doubt();
  }

  /** The server is going away, the game is not: no line until then. */
  comeBackIn(delay_ms: number): void {
    this.#endAll();
    this.#retryIn(delay_ms);
  }

  /** What there is is of no more use. */
  abandon(): void {
    this.comeBackIn(this.#delayAfter(null));
  }

  // --- one line, or two -------------------------------------------------------------------------------------------------

  #connect(): void {
    this.#timers.stop("retry");
    this.#kept = this.#opened();
  }

  #opened(): Line<G> {
    this.#tried_ms = this.#world.now_ms();
    return this.#holder.open(Math.min(CONNECT_MAX_MS, CONNECT_MIN_MS * 2 ** this.#attempt), this.#lineHolder);
  }

  /** Try a second line, unless one is being tried. */
  #doubt(): void {
    if (this.#kept === null) return;
    if (!this.#timers.runs("shown")) this.#timers.start("shown", DOUBT_SHOWN_MS, () => this.#sayAway());
    if (this.#second === null && !this.#timers.runs("second")) this.#trySecond();
  }

  /** All that is open may belong to a network that is gone: ask, and begin a second line from here. */
  #doubtAnew(): void {
    const since_ms = this.#world.now_ms() - this.#tried_ms;
    if (since_ms < AGAIN_MIN_MS) {
      this.#timers.start("again", AGAIN_MIN_MS - since_ms, () => this.retryNow());
      return;
    }
    this.#attempt = 0;
    this.#timers.stop("second");
    this.#second?.cut();
    this.#second = null;
    this.doubt();
  }

  #trySecond(): void {
    // Waking follows when the device is online again. Until then the first line may still answer: from this very device.
    if (!this.#world.offline()) this.#second = this.#opened();
  }

  #missed(line: Line<G>): void {
    if (line === this.#kept) this.#doubt();
  }

  #hearFrom(line: Line<G>, server_time: string, sent_ms: number): void {
    if (line !== this.#kept) return;
    this.#attempt = 0; // Not at the welcome: a server that fails right after it is left alone for longer and longer.
    this.#trust();
    this.#holder.onAnswer(server_time, sent_ms);
  }

  #receive(line: Line<G>, message: Said<G>): void {
    if (line === this.#second) {
      if (message.type !== "welcome") return; // It says why it closes, and then it does.
      this.#kept?.end();
      this.#kept = line;
      this.#second = null;
    }
    if (message.type === "welcome") this.#trust();
    this.#holder.onMessage(line, message);
  }

  /** The line that is kept has answered. */
  #trust(): void {
    this.#timers.stop("shown");
    this.#timers.stop("second");
    this.#second?.end();
    this.#second = null;
    this.#setStatus("open", null);
  }

  // --- none -------------------------------------------------------------------------------------------------------------

  #closed(line: Line<G>, code: number): void {
    if (line === this.#second) {
      // Whatever it was closed for: it is the first line that says how things stand, as long as there is one.
      this.#second = null;
      const delay_ms = this.#delayAfter(code);
      this.#attempt += 1;
      this.#timers.start("second", delay_ms, () => this.#trySecond());
      return;
    }
    this.#kept = null;
    const reason = CLOSED_FOR_GOOD[code];
    if (reason !== undefined) {
      this.#finish(reason);
    } else if (this.#second !== null) {
      this.#kept = this.#second;
      this.#second = null;
      this.#timers.stop("shown");
      this.#sayAway();
    } else {
      this.#retryIn(this.#delayAfter(code));
    }
  }

  #delayAfter(code: number | null): number {
    const delay_ms = retryDelay_ms(this.#attempt, this.#world.chance());
    return code === CODE_TRY_LATER ? Math.max(delay_ms, TRY_LATER_MIN_MS) : delay_ms;
  }

  #retryIn(delay_ms: number): void {
    this.#timers.stopAll();
    this.#attempt += 1;
    this.#sayAway();
    this.#timers.start("retry", delay_ms, () => this.#connect());
  }

  #finish(reason: ClosedReason): void {
    this.#timers.stopAll();
    this.#endAll();
    this.#setStatus("closed", reason);
  }

  #endAll(): void {
    this.#kept?.end();
    this.#second?.end();
    this.#kept = null;
    this.#second = null;
  }

  #sayAway(): void {
    if (this.#status === "open") this.#setStatus("reconnecting", null);
  }

  #setStatus(status: Status, reason: ClosedReason | null): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#holder.onStatus(status, reason);
  }
}

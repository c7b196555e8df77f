/** What one game's line carries: commands there, events back.
 *
 * Promises: every event is handed on exactly once and in order, whatever breaks in between; a command is sent again
 * with the same id until it is answered; commands reach the server in the order they were given.
 * Not promised: that a command is answered before its round ends.
 */

import { ServerClock } from "./clock.js";
import { BROWSER } from "./environment.js";
import { socketUrl } from "./http.js";
import { Line } from "./line.js";
import { Lines, type ClosedReason, type Status } from "./lines.js";
import { assertNever } from "./never.js";
import type { ConnectOptions, Handlers, News } from "./options.js";
import { Outbox, type Answer, type Command, type Pending } from "./outbox.js";
import type { ErrorBody, Events, GameTypes, Said, Welcome } from "./protocol.js";
import { Timers } from "./timers.js";

/** A command that has no answer for so long is a reason to doubt the line; the same command again, after twice the time. */
export const ANSWER_WITHIN_MS = 3_000;
export const ANSWER_WITHIN_MAX_MS = 24_000;
/** How long to wait before a command the server was too busy for is sent again. */
export const BUSY_RETRY_MS = 1_000;

/** Refusals that say nothing about the command itself: the same one is sent again. */
const MAY_BE_SENT_AGAIN: ReadonlySet<string> = new Set(["busy", "not_ready", "too_often"]);
/** Of these a person says too much in a moment: sent again, they would hold up the plan behind them for as long. */
const IS_TALK: ReadonlySet<string> = new Set(["say", "sign"]);

/** Errors that are about the server and not about what we sent: the socket closes, and we come again. */
const SAYS_WHY_IT_CLOSES: ReadonlySet<string> = new Set(["busy", "not_ready", "game_unreadable"]);

export class Connection<G extends GameTypes> {
  readonly #clock: ServerClock;
  readonly #on: Handlers<G>;
  readonly #outbox: Outbox<G>;
  readonly #lines: Lines<G>;
  readonly #timers: Timers<"patience" | "busy">;

  #seq: number;
  /** Of which history `#seq` is: always the mark that came with it, or the server could not tell that they differ. */
  #mark: string | null;
  #viewSeq = 0;
  #answerWithin_ms = ANSWER_WITHIN_MS;

  /** Nothing happens before `start`. */
  constructor({
    code,
    subprotocol,
    url,
    after = 0,
    mark = null,
    on = {},
    environment: world = BROWSER,
  }: ConnectOptions<G>) {
    this.#on = on;
    this.#seq = after;
    this.#mark = mark;
    this.#outbox = new Outbox((pending) => this.#on.pending?.(pending));
    this.#timers = new Timers(world);
    this.#clock = new ServerClock(() => world.now_ms());
    this.#lines = new Lines(
      {
        open: (patience_ms, holder) =>
          new Line(socketUrl(code, this.#seq, this.#mark, url), subprotocol, this.#seq, patience_ms, holder, world),
        onMessage: (line, message) => this.#receive(line, message),
        onAnswer: (server_time, sent_ms) => this.#clock.hear(server_time, sent_ms),
        onStatus: (status, reason) => this.#turn(status, reason),
      },
      world,
    );
  }

  get status(): Status {
    return this.#lines.status;
  }

  /** The number of the last event handed on, and the mark that came with it: enough to go on from here another time. */
  get seq(): number {
    return this.#seq;
  }

  get mark(): string | null {
    return this.#mark;
  }

  /** The commands that were given and not answered yet, in order. */
  get pending(): readonly Pending<G>[] {
    return this.#outbox.pending;
  }

  /** Milliseconds since the epoch by the server's clock. */
  serverNow(): number {
    return this.#clock.now();
  }

  /** Connect. `connect` has done it already. */
  start(): void {
    this.#lines.start();
  }

  /** Leave for good. What was not answered settles as `closed`. */
  stop(): void {
    this.#lines.stop();
  }

  /** The player asks: find out now instead of waiting, even after the server said that there is no point. */
  retryNow(): void {
    this.#lines.retryNow();
  }

  /** Give a command. It takes effect once at the most: it gets an id, under which it is sent until the server answers,
   * however many connections that takes. Settles then. */
  send(command: G["command"]): Promise<Answer> {
    if (this.status === "closed") return Promise.resolve({ type: "closed" });
    const answer = this.#outbox.add(command, this.#clock.now());
    this.#sendNext();
    return answer;
  }

  #receive(line: Line<G>, message: Said<G>): void {
    switch (message.type) {
      case "welcome":
        return this.#welcome(line, message);
      case "events":
        return this.#events(message);
      case "accepted":
        return this.#answered(message.command_id, { type: "accepted", seq: message.seq });
      case "refused":
        return this.#refused(message.command_id, message.error);
      case "reconnect":
        return this.#lines.comeBackIn(message.after_ms);
      case "rematch":
        return this.#on.rematch?.(message.join_code);
      case "error":
        if (SAYS_WHY_IT_CLOSES.has(message.error.code)) return; // A server that starts or stops is not an error.
        console.warn("the server could not read a message:", message.error.code, message.error.message);
        return;
      default:
        return assertNever(message, undefined);
    }
  }

  #welcome(line: Line<G>, { seq, mark, view, server_time, resumed, history, log }: Welcome<G>): void {
    this.#clock.hear(server_time, null);
    const changed = history === "changed" && !resumed;
    // What was ordered in a game that is no more is not sent into another: the player sees it and orders anew.
    if (changed) this.#outbox.forget();
    // The other line may have told more since this one was opened: its view is then older than ours, and what this
    // one says next is not.
    const isStale = resumed && line.after < this.#seq;
    const events = resumed ? [] : (log ?? []).filter((event) => changed || event.seq > this.#seq);
    if (!isStale) this.#viewSeq = seq;
    if (!resumed) {
      this.#seq = seq;
      this.#mark = mark ?? null;
    }
    const kind = changed ? "changed" : resumed ? "resumed" : "fresh";
    if (!isStale) this.#tell({ kind, seq, events, asides: [], view });
    line.ask();
    if (this.#outbox.inFlight !== null) this.#transmit(this.#outbox.inFlight);
    this.#sendNext();
  }

  #events({ seq, mark, events, view, asides }: Events<G>): void {
    const unseen = events.filter((event) => event.seq > this.#seq);
    const first = unseen[0];
    // Without events it brings a view that changed for another reason, an autopilot that ended; else it is an echo.
    const isEcho = first === undefined && (events.length > 0 ? seq <= this.#viewSeq : seq < this.#viewSeq);
    if (isEcho) return;
    if (first !== undefined && first.seq !== this.#seq + 1) {
      this.#lines.abandon(); // An event was lost on the way: ask again for all after the last we have.
      return;
    }
    if (first !== undefined) this.#mark = mark ?? null;
    this.#seq = unseen.at(-1)?.seq ?? this.#seq;
    this.#viewSeq = Math.max(this.#viewSeq, seq);
    const told = unseen.filter((event) => event.type !== "skip");
    this.#tell({ kind: "live", seq, events: told, asides: asides ?? [], view });
  }

  #tell(news: News<G>): void {
    switch (news.kind) {
      case "live":
        return this.#on.events?.(news);
      case "resumed":
      case "fresh":
        return this.#on.welcome?.(news);
      case "changed":
        return this.#on.historyChanged?.(news);
      default:
        return assertNever(news.kind, undefined);
    }
  }

  #answered(command_id: string, answer: Answer): void {
    if (this.#outbox.inFlight?.command_id === command_id) {
      this.#timers.stop("patience");
      this.#answerWithin_ms = ANSWER_WITHIN_MS;
    }
    this.#outbox.answer(command_id, answer);
    this.#sendNext();
  }

  #refused(command_id: string, error: ErrorBody): void {
    const refused = this.#outbox.inFlight;
    const isTooMuchTalk = error.code === "too_often" && IS_TALK.has(refused?.command.type ?? "");
    if (isTooMuchTalk || !MAY_BE_SENT_AGAIN.has(error.code)) {
      this.#answered(command_id, { type: "refused", error });
      if (refused?.command_id === command_id) this.#on.refused?.({ command_id, command: refused.command, error });
    } else if (refused?.command_id === command_id) {
      this.#timers.stop("patience");
      this.#timers.start("busy", BUSY_RETRY_MS, () => {
        if (this.#outbox.inFlight !== null) this.#transmit(this.#outbox.inFlight);
      });
    }
  }

  #sendNext(): void {
    if (this.#lines.open === null) return;
    const next = this.#outbox.take();
    if (next !== null) this.#transmit(next);
  }

  #transmit(command: Command<G>): void {
    this.#lines.open?.say({ command_id: command.command_id, ...command.command });
    this.#timers.stop("busy");
    this.#timers.start("patience", this.#answerWithin_ms, () => this.#lackAnswer());
  }

  /** The command may be lost with its line. If it is the server that takes its time, the line is doubted ever less often. */
  #lackAnswer(): void {
    if (this.#lines.open === null) return; // It is sent again with the welcome.
    this.#answerWithin_ms = Math.min(ANSWER_WITHIN_MAX_MS, 2 * this.#answerWithin_ms);
    this.#timers.start("patience", this.#answerWithin_ms, () => this.#lackAnswer());
    this.#lines.doubt();
  }

  #turn(status: Status, reason: ClosedReason | null): void {
    if (status === "closed") this.#timers.stopAll();
    this.#on.status?.(status, reason);
    if (status === "closed") this.#outbox.abandon();
    if (reason !== null) this.#on.closed?.(reason);
  }
}

/** One game's socket, kept alive.
 *
 * Promises: every event is handed on exactly once and in order, whatever breaks in between; a command is sent again
 * with the same id until it is answered; commands reach the server in the order they were given.
 * Not promised: that a command is answered before its round ends.
 */

import { retryDelay_ms } from "./backoff";
import { ServerClock } from "./clock";
import { Outbox, type Answer, type Command, type Order } from "./outbox";
import type { ErrorBody, ServerMessage, ShownEvent, View, Welcome } from "./wire";

export type { Answer, Order } from "./outbox";

export const SUBPROTOCOL = "minotaur.v1";
/** How often we ask the server for its time, which also shows that it is there. */
export const PING_EVERY_MS = 10_000;
/** A socket that says nothing for so long, though asked, is dead. */
export const SILENCE_MAX_MS = 25_000;
/** A try to connect that takes longer is given up. */
export const CONNECT_MAX_MS = 10_000;
/** How long to wait before a command the server was too busy for is sent again. */
export const BUSY_RETRY_MS = 1_000;
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

/** Refusals that say nothing about the command itself: the same one is sent again. */
const MAY_BE_SENT_AGAIN: ReadonlySet<string> = new Set(["busy", "not_ready", "too_often"]);

/** Errors that are about the server and not about what we sent: the socket closes, and we come again. */
const SAYS_WHY_IT_CLOSES: ReadonlySet<string> = new Set(["busy", "not_ready", "game_unreadable"]);

/** Something the server told.
 *
 * `resumed`: welcome (back); the view is the present one, and what was missed follows as events, so an event may be older
 * than the view before it. `fresh`: welcome back after too long a gap; the view replaces all that was known, and the
 * log before it is not complete: its events are the latest there were. `live`: events, and the view after them.
 */
export interface News {
  readonly kind: "live" | "resumed" | "fresh";
  readonly seq: number;
  /** Only what this page did not have yet, skips left out. */
  readonly events: readonly ShownEvent[];
  readonly view: View;
}

export interface Listener {
  onNews(news: News): void;
  onStatus(status: Status, reason: ClosedReason | null): void;
}

/** The part of the browser's WebSocket that is used. */
export interface Socket {
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** The world outside, replaceable by tests. */
export interface Surroundings {
  open(url: string, subprotocol: string): Socket;
  now_ms(): number;
  chance(): number;
  setTimer(fn: () => void, delay_ms: number): number;
  clearTimer(timer: number): void;
}

export const BROWSER: Surroundings = {
  open: (url, subprotocol) => new WebSocket(url, subprotocol),
  now_ms: () => Date.now(),
  chance: () => Math.random(),
  setTimer: (fn, delay_ms) => window.setTimeout(fn, delay_ms),
  clearTimer: (timer) => window.clearTimeout(timer),
};

/** A server of the release before sends no log. */
type Greeting = Omit<Welcome, "log"> & Partial<Pick<Welcome, "log">>;

type TimerName = "retry" | "connect" | "ping" | "busy";

export class Connection {
  readonly clock: ServerClock;
  readonly #urlAfter: (after: number) => string;
  readonly #listener: Listener;
  readonly #world: Surroundings;
  readonly #outbox = new Outbox();
  readonly #timers = new Map<TimerName, number>();
  readonly #pings = new Map<string, number>();

  #status: Status = "connecting";
  #socket: Socket | null = null;
  #welcomed = false;
  #attempt = 0;
  #seq = 0;
  #viewSeq = 0;
  #pingCount = 0;
  #heard_ms = 0;

  /** `urlAfter` gives the socket's address for the number of the last event we have. Nothing happens before `start`. */
  constructor(urlAfter: (after: number) => string, listener: Listener, world: Surroundings = BROWSER) {
    this.#urlAfter = urlAfter;
    this.#listener = listener;
    this.#world = world;
    this.clock = new ServerClock(() => world.now_ms());
  }

  get status(): Status {
    return this.#status;
  }

  /** The number of the last event handed on. */
  get seq(): number {
    return this.#seq;
  }

  /** Connect. The first time asks for everything from the game's first event on. */
  start(): void {
    this.#connect();
  }

  /** Leave for good. What was not answered settles as `closed`. */
  stop(): void {
    this.#finish("left");
  }

  /** The device woke up or is online again, or the player asks: find out now instead of waiting. */
  retryNow(): void {
    if (this.#welcomed) {
      this.#ping();
    } else if (this.#socket === null) {
      this.#attempt = 0;
      if (this.#status === "closed") this.#setStatus("reconnecting", null);
      this.#connect();
    }
  }

  /** Give a command. Settles when the server answered it, however many connections that takes. */
  command(order: Order): Promise<Answer> {
    if (this.#status === "closed") return Promise.resolve({ type: "closed" });
    const answer = this.#outbox.add(order, this.#world.now_ms());
    this.#sendNext();
    return answer;
  }

  #connect(): void {
    this.#stopTimers();
    this.#welcomed = false;
    const socket = this.#world.open(this.#urlAfter(this.#seq), SUBPROTOCOL);
    this.#socket = socket;
    this.#startTimer("connect", CONNECT_MAX_MS, () => this.#abandon());
    socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)) as ServerMessage);
    socket.onclose = (event) => this.#closed(event.code);
  }

  #receive(message: ServerMessage): void {
    this.#heard_ms = this.#world.now_ms();
    switch (message.type) {
      case "welcome":
        return this.#welcome(message);
      case "events":
        return this.#events(message.seq, message.events, message.view);
      case "accepted":
        return this.#answered(message.command_id, { type: "accepted", seq: message.seq });
      case "refused":
        return this.#refused(message.command_id, message.error);
      case "pong":
        return this.#pong(message.nonce, message.server_time);
      case "reconnect":
        return this.#comeBackIn(message.after_ms);
      case "error":
        if (SAYS_WHY_IT_CLOSES.has(message.error.code)) return; // A server that starts or stops is not an error.
        console.warn("the server could not read a message:", message.error.code, message.error.message);
    }
  }

  #welcome({ seq, view, server_time, resumed, log }: Greeting): void {
    this.#welcomed = true;
    this.#stopTimer("connect");
    this.clock.hear(server_time, null);
    const events = resumed ? [] : (log ?? []).filter((event) => event.seq > this.#seq);
    this.#viewSeq = seq;
    if (!resumed) this.#seq = seq;
    this.#setStatus("open", null);
    this.#listener.onNews({ kind: resumed ? "resumed" : "fresh", seq, events, view });
    this.#ping();
    if (this.#outbox.inFlight !== null) this.#transmit(this.#outbox.inFlight);
    this.#sendNext();
  }

  #events(seq: number, events: readonly ShownEvent[], view: View): void {
    const unseen = events.filter((event) => event.seq > this.#seq);
    const first = unseen[0];
    if (first === undefined && seq <= this.#viewSeq) return; // An echo of what we have.
    if (first !== undefined && first.seq !== this.#seq + 1) {
      this.#abandon(); // An event was lost on the way: ask again for all after the last we have.
      return;
    }
    this.#seq = unseen.at(-1)?.seq ?? this.#seq;
    this.#viewSeq = Math.max(this.#viewSeq, seq);
    this.#listener.onNews({ kind: "live", seq, events: unseen.filter((event) => event.type !== "skip"), view });
  }

  #answered(command_id: string, answer: Answer): void {
    this.#outbox.answer(command_id, answer);
    this.#sendNext();
  }

  #refused(command_id: string, error: ErrorBody): void {
    if (!MAY_BE_SENT_AGAIN.has(error.code)) {
      this.#answered(command_id, { type: "refused", error });
    } else if (this.#outbox.inFlight?.command_id === command_id) {
      this.#startTimer("busy", BUSY_RETRY_MS, () => {
        if (this.#outbox.inFlight !== null) this.#transmit(this.#outbox.inFlight);
      });
    }
  }

  #sendNext(): void {
    if (!this.#welcomed) return;
    const next = this.#outbox.take();
    if (next !== null) this.#transmit(next);
  }

  #transmit(command: Command): void {
    this.#send({ command_id: command.command_id, ...command.order });
  }

  #ping(): void {
    if (this.#world.now_ms() - this.#heard_ms > SILENCE_MAX_MS) {
      this.#abandon();
      return;
    }
    this.#pingCount += 1;
    const nonce = String(this.#pingCount);
    this.#pings.set(nonce, this.#world.now_ms());
    this.#send({ type: "ping", nonce });
    this.#startTimer("ping", PING_EVERY_MS, () => this.#ping());
  }

  #pong(nonce: string, serverTime: string): void {
    const sent_ms = this.#pings.get(nonce);
    if (sent_ms === undefined) return;
    this.#pings.delete(nonce);
    this.#attempt = 0; // Not at the welcome: a server that fails right after it is left alone for longer and longer.
    this.clock.hear(serverTime, sent_ms);
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** The server is going away, the game is not. */
  #comeBackIn(after_ms: number): void {
    this.#dropSocket();
    this.#retryIn(after_ms);
  }

  /** This socket is of no more use. */
  #abandon(): void {
    this.#dropSocket();
    this.#retryIn(this.#nextDelay_ms());
  }

  #closed(code: number): void {
    this.#socket = null;
    const reason = CLOSED_FOR_GOOD[code];
    if (reason !== undefined) this.#finish(reason);
    else if (code === CODE_TRY_LATER) this.#retryIn(Math.max(this.#nextDelay_ms(), TRY_LATER_MIN_MS));
    else this.#retryIn(this.#nextDelay_ms());
  }

  #nextDelay_ms(): number {
    return retryDelay_ms(this.#attempt, this.#world.chance());
  }

  #retryIn(delay_ms: number): void {
    this.#stopTimers();
    this.#welcomed = false;
    this.#pings.clear();
    this.#attempt += 1;
    if (this.#status === "open") this.#setStatus("reconnecting", null);
    this.#startTimer("retry", delay_ms, () => this.#connect());
  }

  #finish(reason: ClosedReason): void {
    this.#stopTimers();
    this.#dropSocket();
    this.#welcomed = false;
    this.#setStatus("closed", reason);
    this.#outbox.abandon();
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(1000);
  }

  #setStatus(status: Status, reason: ClosedReason | null): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#listener.onStatus(status, reason);
  }

  #startTimer(name: TimerName, delay_ms: number, fn: () => void): void {
    this.#stopTimer(name);
    const timer = this.#world.setTimer(() => {
      this.#timers.delete(name);
      fn();
    }, delay_ms);
    this.#timers.set(name, timer);
  }

  #stopTimer(name: TimerName): void {
    const timer = this.#timers.get(name);
    if (timer !== undefined) this.#world.clearTimer(timer);
    this.#timers.delete(name);
  }

  #stopTimers(): void {
    for (const name of [...this.#timers.keys()]) this.#stopTimer(name);
  }
}

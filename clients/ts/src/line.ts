/** One socket to a game: whether it is open, and whether it still answers. What is said on it is its holder's business.
 *
 * Nobody tells a browser that a line is dead: Wi-Fi left behind swallows everything for minutes. So we ask (`ping`)
 * whenever nothing was heard for a while. In a hidden page timers run as seldom as once a minute, and in a frozen one
 * not at all; what was received is received then as ever. So silence is only what remains of a question after its
 * answer had time to come, and even then no more than a doubt.
 */

import type { Environment, Socket } from "./environment.js";
import type { ChangedView, GameTypes, Pong, Said, ServerMessage } from "./protocol.js";
import { Timers } from "./timers.js";

/** After so long without a word we ask. */
export const PING_EVERY_MS = 2_500;
/** However much is heard we ask so often, for the time. */
export const PING_AT_LEAST_EVERY_MS = 10_000;
/** An answer that takes longer is a reason to doubt the line. With the above: a dead one is noticed within 4 s. */
export const PONG_WITHIN_MS = 1_500;
/** A slow line, by what it has shown so far, is given up to so long. */
export const PONG_WITHIN_MAX_MS = 6_000;
const SLOWER_THAN_BEFORE = 3;
/** A line that is not needed any more, but is just being opened, is closed when it is open, or after so long. */
export const LINGER_MAX_MS = 1_000;

/** A line given up while it was being opened ends like one that broke. */
const CODE_BROKEN = 1006;

export interface LineHolder<G extends GameTypes> {
  /** Anything but a pong. */
  onMessage(line: Line<G>, message: Said<G>): void;
  /** It lives: it has answered the last question. `sent_ms` is when that was asked. */
  onAnswer(line: Line<G>, server_time: string, sent_ms: number): void;
  /** The last question was not answered in time. */
  onSilence(line: Line<G>): void;
  /** It is no more, and says nothing again. */
  onClosed(line: Line<G>, code: number): void;
}

export class Line<G extends GameTypes> {
  /** The last event that the page had when this line was opened. */
  readonly after: number;
  readonly #holder: LineHolder<G>;
  readonly #world: Environment;
  readonly #socket: Socket;
  readonly #timers: Timers<"opening" | "ping" | "pong">;
  #welcomed = false;
  #opened = false;
  #heard_ms: number;
  #pinged_ms = -Infinity;
  #asked = 0;
  #asked_ms: number | null = null;
  #pongWithin_ms = PONG_WITHIN_MS;
  /** The latest of this socket, to which its changes are made: another's may be older or newer. */
  #view: G["view"] | undefined;

  /** Begins to open at once; one that is not welcomed within `patience_ms` is closed. */
  constructor(
    url: string,
    subprotocol: string,
    after: number,
    patience_ms: number,
    holder: LineHolder<G>,
    world: Environment,
  ) {
    this.after = after;
    this.#holder = holder;
    this.#world = world;
    this.#timers = new Timers(world);
    this.#heard_ms = world.now_ms();
    this.#socket = world.open(url, subprotocol);
    this.#socket.onopen = () => (this.#opened = true);
    this.#socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)) as ServerMessage<G>);
    this.#socket.onclose = (event) => this.#closed(event.code);
    this.#timers.start("opening", patience_ms, () => {
      this.cut();
      holder.onClosed(this, CODE_BROKEN);
    });
  }

  /** The server has said welcome: commands may be sent. */
  get welcomed(): boolean {
    return this.#welcomed;
  }

  say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Find out whether it lives: `onAnswer` or `onSilence` follows. Answers to earlier questions count no more: they may
   * have lain here since before the device slept. */
  ask(): void {
    if (!this.#welcomed) return;
    this.#asked += 1;
    this.#pinged_ms = this.#asked_ms = this.#world.now_ms();
    this.say({ type: "ping", nonce: String(this.#asked) });
    this.#timers.stop("ping");
    this.#timers.start("pong", this.#pongWithin_ms, () => this.#holder.onSilence(this));
  }

  /** It is not needed any more. The holder hears no more of it. */
  end(): void {
    if (this.#opened) {
      this.cut();
      return;
    }
    // Browsers complain of a socket that is closed while it is opened, and servers of a handshake that breaks off.
    this.#fallSilent();
    const timer = this.#world.setTimer(() => this.cut(), LINGER_MAX_MS);
    const close = (): void => {
      this.#world.clearTimer(timer);
      this.cut();
    };
    this.#socket.onopen = close;
    this.#socket.onclose = close;
  }

  /** The same at once: browsers open one socket to a server after the other, so one that hangs keeps the next waiting. */
  cut(): void {
    this.#fallSilent();
    this.#socket.close(1000);
  }

  #fallSilent(): void {
    this.#timers.stopAll();
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
  }

  #receive(message: ServerMessage<G>): void {
    this.#heard_ms = this.#world.now_ms();
    if (message.type === "pong") {
      this.#answered(message);
      return;
    }
    if (message.type === "welcome") {
      this.#welcomed = true;
      this.#timers.stop("opening");
      this.#askAfter(PING_EVERY_MS);
    }
    this.#holder.onMessage(this, this.#whole(message));
  }

  /** The message with the view as it is after it. */
  #whole(message: Said<G> | ChangedView<G>): Said<G> {
    if (message.type !== "changes") {
      if (message.type === "welcome" || message.type === "events") this.#view = message.view;
      return message;
    }
    const { changes, ...news } = message;
    const view: G["view"] = { ...(this.#view as object), ...changes };
    this.#view = view;
    return { ...news, type: "events", view };
  }

  #answered({ nonce, server_time }: Pong): void {
    if (this.#asked_ms === null || nonce !== String(this.#asked)) return;
    const sent_ms = this.#asked_ms;
    this.#asked_ms = null;
    const slow_ms = (this.#heard_ms - sent_ms) * SLOWER_THAN_BEFORE;
    this.#pongWithin_ms = Math.min(PONG_WITHIN_MAX_MS, Math.max(PONG_WITHIN_MS, slow_ms));
    this.#timers.stop("pong");
    this.#askAfter(PING_EVERY_MS);
    this.#holder.onAnswer(this, server_time, sent_ms);
  }

  #askAfter(delay_ms: number): void {
    this.#timers.start("ping", delay_ms, () => {
      const now_ms = this.#world.now_ms();
      const due_ms = Math.min(this.#heard_ms + PING_EVERY_MS, this.#pinged_ms + PING_AT_LEAST_EVERY_MS);
      if (now_ms >= due_ms) this.ask();
      else this.#askAfter(due_ms - now_ms);
    });
  }

  #closed(code: number): void {
    this.#fallSilent();
    this.#holder.onClosed(this, code);
  }
}

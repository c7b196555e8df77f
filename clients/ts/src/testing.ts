/** The browser's socket, clock, chance and network, worked by hand. */

import type { Environment, Socket } from "./environment.js";
import type { GameTypes, ServerMessage } from "./protocol.js";

export const T0 = Date.parse("2026-01-01T00:00:00.000Z");

/** The browser's socket, worked by hand. */
export class FakeSocket implements Socket {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | undefined;

  constructor(
    readonly url: string,
    readonly subprotocol: string,
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code?: number): void {
    this.closedWith = code ?? 1005;
  }

  /** The handshake is done. */
  open(): void {
    this.onopen?.({} as Event);
  }

  tell(message: ServerMessage<GameTypes>): void {
    if (message.type === "welcome") this.open();
    this.onmessage?.({ data: JSON.stringify(message) } as MessageEvent);
  }

  breakOff(code = 1006): void {
    this.onclose?.({ code } as CloseEvent);
  }

  /** Answer the last ping, at this time by the server's clock. */
  pong(server_ms: number = T0): void {
    const ping = this.sent.findLast(({ type }) => type === "ping");
    this.tell({ type: "pong", nonce: String(ping?.nonce), server_time: new Date(server_ms).toISOString() });
  }

  get pings(): number {
    return this.sent.filter(({ type }) => type === "ping").length;
  }

  /** What was sent but pings. */
  get commands(): Record<string, unknown>[] {
    return this.sent.filter((message) => message.type !== "ping");
  }
}

/** A hand-moved clock with its timers. */
export class FakeWorld implements Environment {
  readonly sockets: FakeSocket[] = [];
  now = T0;
  luck = 1;
  isOffline = false;
  /** Timers run so much later than they should: the page is hidden. */
  late_ms = 0;
  #wakes: (() => void)[] = [];
  #timers: { id: number; at: number; fn: () => void }[] = [];
  #ids = 0;

  open(url: string, subprotocol: string): Socket {
    const socket = new FakeSocket(url, subprotocol);
    this.sockets.push(socket);
    return socket;
  }

  now_ms(): number {
    return this.now;
  }

  chance(): number {
    return this.luck;
  }

  offline(): boolean {
    return this.isOffline;
  }

  onWaking(wake: () => void): () => void {
    this.#wakes.push(wake);
    return () => (this.#wakes = this.#wakes.filter((other) => other !== wake));
  }

  /** The device woke up, or changed its network. */
  wake(): void {
    for (const wake of this.#wakes) wake();
  }

  setTimer(fn: () => void, delay_ms: number): number {
    this.#ids += 1;
    this.#timers.push({ id: this.#ids, at: this.now + delay_ms + this.late_ms, fn });
    return this.#ids;
  }

  clearTimer(id: number): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  }

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.clearTimer(next.id);
      this.now = Math.max(this.now, next.at);
      next.fn();
    }
    this.now = until;
  }

  /** How many still hear of waking. */
  get awaited(): number {
    return this.#wakes.length;
  }

  get timers(): number {
    return this.#timers.length;
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (last === undefined) throw new Error("nobody connected yet");
    return last;
  }
}

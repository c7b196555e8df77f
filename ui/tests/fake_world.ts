/** The browser's socket, clock and chance, worked by hand. */

import type { Socket, Surroundings } from "../src/lib/connection";
import type { ServerMessage } from "../src/lib/wire";

export const T0 = Date.parse("2026-01-01T00:00:00.000Z");

/** The browser's socket, worked by hand. */
export class FakeSocket implements Socket {
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

  tell(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) } as MessageEvent);
  }

  breakOff(code = 1006): void {
    this.onclose?.({ code } as CloseEvent);
  }

  /** What was sent but pings. */
  get commands(): Record<string, unknown>[] {
    return this.sent.filter((message) => message.type !== "ping");
  }
}

/** A hand-moved clock with its timers. */
export class FakeWorld implements Surroundings {
  readonly sockets: FakeSocket[] = [];
  now = T0;
  luck = 1;
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

  setTimer(fn: () => void, delay_ms: number): number {
    this.#ids += 1;
    this.#timers.push({ id: this.#ids, at: this.now + delay_ms, fn });
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

  get timers(): number {
    return this.#timers.length;
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (last === undefined) throw new Error("nobody connected yet");
    return last;
  }
}

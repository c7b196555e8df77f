/** The world outside of a connection, replaceable by tests. */

import { steadyNow_ms } from "./clock.js";
import type { TimerWorld } from "./timers.js";
import { onWaking } from "./waking.js";

/** The part of the browser's WebSocket that is used. */
export interface Socket {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Environment extends TimerWorld {
  open(url: string, subprotocol: string): Socket;
  /** On a clock that only goes forward. */
  now_ms(): number;
  chance(): number;
  /** The device says that it is on no network. It may be wrong, and a server on the device itself is there all the same. */
  offline(): boolean;
  /** See `waking`. */
  onWaking(wake: () => void): () => void;
}

export const BROWSER: Environment = {
  open: (url, subprotocol) => new WebSocket(url, subprotocol),
  now_ms: steadyNow_ms,
  chance: () => Math.random(),
  offline: () => navigator.onLine === false,
  onWaking,
  setTimer: (fn, delay_ms) => window.setTimeout(fn, delay_ms),
  clearTimer: (timer) => window.clearTimeout(timer),
};

/** What time it is: the server's, on a clock of this device that nobody sets.
 *
 * The device's own `Date.now()` may be hours off, and may leap; nothing here or elsewhere goes by it
 * (`tests/time.test.ts`). The steady clock may stand still while the device sleeps, so whatever the server says afterwards
 * that can't be true by what it said before is believed alone.
 */

/** Milliseconds on a clock that only goes forward: for spans of time, and to hold what the server says against. */
export function steadyNow_ms(): number {
  return performance.timeOrigin + performance.now();
}

/** A `Date` header names the second that has begun, and servers look at it once a second. */
const DATE_HEADER_SLACK_MS = 2_000;

export class ServerClock {
  /** Not promised: better than half a roundtrip. Before anything was heard it is when the page was loaded, and on. */
  readonly #now: () => number;
  // What has to be added to the steady clock lies between these, by all that was heard since the last contradiction.
  #least_ms = -Infinity;
  #most_ms = Infinity;

  constructor(now: () => number = steadyNow_ms) {
    this.#now = now;
  }

  /** Milliseconds since the epoch by the server's clock. */
  now(): number {
    return this.#now() + this.offset_ms;
  }

  /** What has to be added to the steady clock. */
  get offset_ms(): number {
    if (this.#least_ms === -Infinity) return 0;
    return this.#most_ms === Infinity ? this.#least_ms : (this.#least_ms + this.#most_ms) / 2;
  }

  /** A message said it is `serverTime` now; asked for at `sent_ms`, or null if it came unasked. */
  hear(serverTime: string, sent_ms: number | null): void {
    this.#learn(Date.parse(serverTime), sent_ms, 0);
  }

  /** An HTTP answer with this `Date` header, or none, came to what was asked at `sent_ms`. */
  hearDate(header: string | null, sent_ms: number): void {
    if (header !== null) this.#learn(Date.parse(header), sent_ms, DATE_HEADER_SLACK_MS);
  }

  /** The server's clock showed `server_ms`, or up to `slack_ms` more, at a moment between asking and now. */
  #learn(server_ms: number, sent_ms: number | null, slack_ms: number): void {
    if (Number.isNaN(server_ms)) return;
    const least_ms = server_ms - this.#now();
    const most_ms = sent_ms === null ? Infinity : server_ms + slack_ms - sent_ms;
    // The device slept, or this is another node, whose clock is its own: what was heard before is of no more use.
    const contradicts = least_ms > this.#most_ms || most_ms < this.#least_ms;
    this.#least_ms = contradicts ? least_ms : Math.max(this.#least_ms, least_ms);
    this.#most_ms = contradicts ? most_ms : Math.min(this.#most_ms, most_ms);
  }
}

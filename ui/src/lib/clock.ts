/** The server's clock, as well as this page can know it. */

const SAMPLES_MAX = 8;

interface Sample {
  offset_ms: number;
  roundtrip_ms: number;
}

export class ServerClock {
  /** Not promised: better than half a roundtrip. Before anything was heard it is this device's own clock. */
  #samples: Sample[] = [];
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Milliseconds since the epoch by the server's clock. */
  now(): number {
    return this.#now() + this.offset_ms;
  }

  /** What has to be added to this device's clock. The sample with the shortest roundtrip is the truest one. */
  get offset_ms(): number {
    const best = this.#samples.reduce<Sample | null>(
      (a, b) => (a !== null && a.roundtrip_ms <= b.roundtrip_ms ? a : b),
      null,
    );
    return best?.offset_ms ?? 0;
  }

  /** A message said it is `serverTime` now; asked for at `sent_ms`, or null if it came unasked. */
  hear(serverTime: string, sent_ms: number | null): void {
    const server_ms = Date.parse(serverTime);
    if (Number.isNaN(server_ms)) return;
    const received_ms = this.#now();
    const roundtrip_ms = sent_ms === null ? UNASKED_ROUNDTRIP_MS : received_ms - sent_ms;
    const middle_ms = sent_ms === null ? received_ms : (sent_ms + received_ms) / 2;
    this.#samples = [...this.#samples, { offset_ms: server_ms - middle_ms, roundtrip_ms }].slice(-SAMPLES_MAX);
  }

  /** Forget what was measured: the device slept, or its clock was set. */
  reset(): void {
    this.#samples = [];
  }
}

/** How much to doubt a time that came unasked: more than any measured roundtrip. */
const UNASKED_ROUNDTRIP_MS = 60_000;

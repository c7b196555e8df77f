import { beforeEach, describe, expect, test } from "vitest";
import { ServerClock } from "./clock.js";

const T0 = Date.parse("2026-01-01T00:00:00.000Z");
const HOUR_MS = 3_600_000;

let device: number;
let clock: ServerClock;

const at = (ms: number): string => new Date(ms).toISOString();

beforeEach(() => {
  device = T0 - 2 * HOUR_MS;
  clock = new ServerClock(() => device);
});

describe("the server's clock", () => {
  test("is known to half a roundtrip", () => {
    const sent = device;
    device += 200;
    clock.hear(at(T0 + 120), sent);

    expect(Math.abs(clock.now() - (T0 + 200))).toBeLessThanOrEqual(100);
  });

  test("is known better by many answers than by the best of them", () => {
    for (const [there_ms, back_ms] of [
      [10, 400],
      [400, 10],
    ] as const) {
      const sent = device;
      const server = T0 + (device - (T0 - 2 * HOUR_MS)) + there_ms;
      device += there_ms + back_ms;
      clock.hear(at(server), sent);
    }

    const truth = T0 + (device - (T0 - 2 * HOUR_MS));
    expect(Math.abs(clock.now() - truth)).toBeLessThanOrEqual(10);
  });

  test("is believed anew after a sleep in which the device's clock stood still", () => {
    clock.hear(at(T0), device);
    clock.hear(at(T0 + HOUR_MS), null);

    expect(clock.now()).toBe(T0 + HOUR_MS);
  });

  test("is another one at another node, and believed there, be it behind or ahead", () => {
    clock.hear(at(T0), device);
    clock.hear(at(T0 - 1_500), device);
    expect(clock.now()).toBe(T0 - 1_500);

    clock.hear(at(T0 + 1_500), device);
    expect(clock.now()).toBe(T0 + 1_500);
  });

  test("is known to a second or so by an HTTP answer", () => {
    const sent = device;
    device += 50;
    clock.hearDate("Thu, 01 Jan 2026 00:00:00 GMT", sent);

    expect(Math.abs(clock.now() - (T0 + 500))).toBeLessThan(1_000);
  });

  test("is not known by nonsense, and nothing is lost by it", () => {
    clock.hear(at(T0), device);
    clock.hear("yesterday", device);
    clock.hearDate("soon", device);
    clock.hearDate(null, device);

    expect(clock.now()).toBe(T0);
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { steadyNow_ms } from "./clock.js";
import { Api, ApiError } from "./http.js";

interface Tiny {
  create: { seats: number };
  info: { seats: number };
  replay: unknown;
}

const api = new Api<Tiny>();

function answering(answer: () => Promise<Response>): void {
  vi.stubGlobal("fetch", answer);
}

async function failure(): Promise<ApiError> {
  const error = await api.me().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

beforeEach(() => vi.stubGlobal("AbortSignal", class {})); // as in a browser without `AbortSignal.timeout`
afterEach(() => vi.unstubAllGlobals());

describe("a call", () => {
  test("works in browsers that can't time a signal", async () => {
    answering(async () => new Response(JSON.stringify({ user_id: "u", display_name: "Ada" })));

    expect(await api.me()).toEqual({ user_id: "u", display_name: "Ada" });
  });

  test("asks for the games that there are", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      asked.push(url);
      return new Response(JSON.stringify({ kinds: [] }));
    });

    expect(await api.kinds()).toEqual({ kinds: [] });
    expect(asked).toEqual(["/api/v1/kinds"]);
  });

  test("that gets no answer is unreachable", async () => {
    answering(() => Promise.reject(new TypeError("no network")));

    expect((await failure()).code).toBe("unreachable");
  });

  test("whose answer breaks off is unreachable, too", async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("broken off")) });
    answering(async () => new Response(body));

    expect((await failure()).code).toBe("unreachable");
  });

  test("tells what the server said, and when to come again", async () => {
    const error = { code: "busy", message: "The server is busy.", details: { a: 1 } };
    answering(async () => new Response(JSON.stringify({ error }), { status: 503, headers: { "Retry-After": "5" } }));

    const { code, message, status, details, retryAfter_s } = await failure();
    expect([code, message, status, details, retryAfter_s]).toEqual(["busy", error.message, 503, { a: 1 }, 5]);
  });

  test("answered by a page of something between is unreachable", async () => {
    answering(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));

    expect((await failure()).code).toBe("unreachable");
  });

  test("brings the server's time, whatever the device thinks", async () => {
    const ahead_ms = 7_200_000;
    const headers = { Date: new Date(steadyNow_ms() - ahead_ms).toUTCString() };
    answering(async () => new Response("{}", { headers }));
    await api.me();

    expect(Math.abs(api.clock.now() - (steadyNow_ms() - ahead_ms))).toBeLessThan(2_500);
  });
});

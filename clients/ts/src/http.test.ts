import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { steadyNow_ms } from "./clock.js";
import { Api, ApiError } from "./http.js";
import type { ChangeGame } from "./protocol.js";

interface Tiny {
  create: { seats: number };
  change: ChangeGame;
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

  test("about an account says what the protocol does", async () => {
    const asked: [string, string, unknown][] = [];
    vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
      asked.push([String(method), url, body === undefined ? null : JSON.parse(String(body))]);
      return new Response(method === "DELETE" ? null : "{}", { status: method === "DELETE" ? 204 : 200 });
    });

    await api.openAccount({ username: "ada", password: "correct horse" });
    await api.logIn("ada", "correct horse");
    await api.recover("ada", "ABCDE", "battery staple");
    await api.changeMe({ password: "new", current_password: "old" });
    await api.exportMe();
    await api.exportMe("a b");
    await api.signOut();
    await api.signOut({ everywhere: true });
    await api.deleteMe("correct horse");
    await api.deleteMe();

    const credentials = { username: "ada", password: "correct horse" };
    expect(asked).toEqual([
      ["POST", "/api/v1/accounts", credentials],
      ["POST", "/api/v1/sessions", credentials],
      ["POST", "/api/v1/recoveries", { username: "ada", recovery_code: "ABCDE", password: "battery staple" }],
      ["PATCH", "/api/v1/me", { password: "new", current_password: "old" }],
      ["GET", "/api/v1/me/export", null],
      ["GET", "/api/v1/me/export?cursor=a+b", null],
      ["DELETE", "/api/v1/sessions", null],
      ["DELETE", "/api/v1/sessions?all=true", null],
      ["DELETE", "/api/v1/me", { password: "correct horse" }],
      ["DELETE", "/api/v1/me", { password: null }],
    ]);
  });

  test("about a lobby says what the protocol does, and names seats by their numbers", async () => {
    const asked: [string, string, unknown][] = [];
    vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
      asked.push([String(method), url, body === undefined ? null : JSON.parse(String(body))]);
      return new Response(null, { status: 204 });
    });

    await api.leave("K7QM2X");
    await api.sendAway("K7QM2X", "p2");
    await api.change("K7QM2X", { seats: { 3: { bot: "hunter" }, 4: null }, host_id: "p2" });
    await api.change("K7QM2X", { seats: 6, bots: 2, round_seconds: 60 });

    expect(asked).toEqual([
      ["POST", "/api/v1/games/K7QM2X/leave", null],
      ["DELETE", "/api/v1/games/K7QM2X/players/p2", null],
      ["PATCH", "/api/v1/games/K7QM2X", { seats: { "3": { bot: "hunter" }, "4": null }, host_id: "p2" }],
      ["PATCH", "/api/v1/games/K7QM2X", { seats: 6, bots: 2, round_seconds: 60 }],
    ]);
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

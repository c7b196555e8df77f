/** The HTTP half of the protocol. The cookie says who we are; every failure is one `ApiError`. */

import { ServerClock, steadyNow_ms } from "./clock.js";
import type {
  ChangeMe,
  Changed,
  CreatedGame,
  ErrorAnswer,
  Exported,
  GameResults,
  GamesPage,
  GameStatus,
  HttpTypes,
  Joined,
  KnownPasskey,
  KnownPasskeyOptions,
  Leaderboard,
  Me,
  MyPasskey,
  MyPasskeys,
  MyPushes,
  NewWebhook,
  NewAccount,
  NewGuest,
  NewPasskey,
  NewPasskeyOptions,
  OpenAccount,
  OpenAccountByPasskey,
  Person,
  Proof,
  PushInfo,
  Rematched,
} from "./protocol.js";
import type { KindsAnswer } from "./tables.js";

const BASE = "/api/v1";
const TIMEOUT_MS = 15_000;

/** Anything but a success. `code` is the server's, or `unreachable` if no answer came at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
  /** Seconds the server asked to wait before trying again, if it said so. */
  readonly retryAfter_s: number | null;

  constructor(
    code: string,
    message: string,
    status: number,
    details: Record<string, unknown> = {},
    retryAfter_s: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.details = details;
    this.retryAfter_s = retryAfter_s;
  }
}

/** What a person reads where no server said anything. */
export interface Words {
  readonly unreachable: string;
  /** Something that is no server of ours answered. */
  readonly garbled: string;
}

const WORDS: Words = {
  unreachable: "The game can't be reached just now. Check your connection and try again.",
  garbled: "Something between you and the game went wrong. Try again.",
};

export class Api<H extends HttpTypes = HttpTypes> {
  /** The server's clock by its answers, for pages that have no line to a game. */
  readonly clock = new ServerClock();
  readonly #url: string;
  readonly #words: Words;

  /** `url` is where the server is, "" where this page came from. */
  constructor({ url = "", words = WORDS }: { url?: string; words?: Words } = {}) {
    this.#url = url;
    this.#words = words;
  }

  createGuest(display_name: string): Promise<NewGuest> {
    return this.#call("POST", "/guests", { display_name });
  }

  /** Called as a guest it keeps the guest, with games and sign-in. */
  openAccount(request: OpenAccount): Promise<NewAccount> {
    return this.#call("POST", "/accounts", request);
  }

  /** `wrong_credentials` whatever does not fit. */
  logIn(username: string, password: string): Promise<NewGuest> {
    return this.#call("POST", "/sessions", { username, password });
  }

  /** A new password for a code that was told once; signs all other devices out. */
  recover(username: string, recovery_code: string, password: string): Promise<NewAccount> {
    return this.#call("POST", "/recoveries", { username, recovery_code, password });
  }

  /** For a passkey with which an account is to be opened (`openAccountByPasskey`). */
  askNewAccount(username: string): Promise<NewPasskeyOptions> {
    return this.#call("POST", "/accounts/passkey/options", { username });
  }

  /** As `openAccount`, with a passkey instead of a password. `passkey_refused` whatever does not fit. */
  openAccountByPasskey(request: OpenAccountByPasskey): Promise<NewAccount> {
    return this.#call("POST", "/accounts/passkey", request);
  }

  /** For a passkey by which somebody is to come in (`logInByPasskey`), or which proves that it is they. */
  askPasskey(): Promise<KnownPasskeyOptions> {
    return this.#call("POST", "/passkeys/options");
  }

  /** `passkey_refused` whatever does not fit. */
  logInByPasskey(passkey: KnownPasskey): Promise<NewGuest> {
    return this.#call("POST", "/sessions/passkey", { passkey });
  }

  myPasskeys(): Promise<MyPasskeys> {
    return this.#call("GET", "/me/passkeys");
  }

  /** For one passkey more (`addPasskey`). */
  askMorePasskeys(proof: Proof): Promise<NewPasskeyOptions> {
    return this.#call("POST", "/me/passkeys/options", proof);
  }

  addPasskey(passkey: NewPasskey, name: string): Promise<MyPasskey> {
    return this.#call("POST", "/me/passkeys", { passkey, name });
  }

  /** What it is called among yours; nothing else changes. */
  renamePasskey(id: string, name: string): Promise<MyPasskey> {
    return this.#call("PATCH", `/me/passkeys/${encodeURIComponent(id)}`, { name });
  }

  /** Signs all other devices out. `last_way_in` for the last one of who has no password. */
  removePasskey(id: string): Promise<void> {
    return this.#call("DELETE", `/me/passkeys/${encodeURIComponent(id)}`);
  }

  /** On this device, or on all of them. */
  signOut({ everywhere = false }: { everywhere?: boolean } = {}): Promise<void> {
    return this.#call("DELETE", everywhere ? "/sessions?all=true" : "/sessions");
  }

  me(): Promise<Me> {
    return this.#call("GET", "/me");
  }

  /** What everyone may know of somebody. */
  person(user_id: string): Promise<Person> {
    return this.#call("GET", `/people/${encodeURIComponent(user_id)}`);
  }

  /** How a game that is over ended for the people in it. */
  results(join_code: string): Promise<GameResults> {
    return this.#call("GET", `/games/${encodeURIComponent(join_code)}/results`);
  }

  /** Who is ahead at a game in this month. */
  leaderboard(kind: string): Promise<Leaderboard> {
    return this.#call("GET", `/leaderboard?kind=${encodeURIComponent(kind)}`);
  }

  /** With a new user name or password all other devices are signed out. */
  changeMe(wanted: ChangeMe): Promise<Changed> {
    return this.#call("PATCH", "/me", wanted);
  }

  /** For good. A guest has no password, and whoever has none a passkey. */
  deleteMe(password: string | null = null, passkey: KnownPasskey | null = null): Promise<void> {
    return this.#call("DELETE", "/me", passkey === null ? { password } : { passkey });
  }

  /** All that is kept of this person, a page of games at a time. */
  exportMe(cursor: string | null = null): Promise<Exported> {
    return this.#call("GET", cursor === null ? "/me/export" : `/me/export?${query({ cursor })}`);
  }

  /** Where I am told that it is my turn, while I am not here. */
  pushes(): Promise<MyPushes> {
    return this.#call("GET", "/me/pushes");
  }

  /** Here too, as long as I am signed in as I am now. The same again changes nothing. */
  addPush(subscription: PushSubscriptionJSON): Promise<PushInfo> {
    return this.#call("POST", "/me/pushes", subscription);
  }

  /** An address of mine as well. The same again has a new secret. */
  addWebhook(url: string): Promise<NewWebhook> {
    return this.#call("POST", "/me/pushes/webhook", { url });
  }

  removePush(push_id: string): Promise<void> {
    return this.#call("DELETE", `/me/pushes?${query({ push_id })}`);
  }

  /** The games that this server has. */
  kinds(): Promise<KindsAnswer> {
    return this.#call("GET", "/kinds");
  }

  createGame(request: H["create"]): Promise<CreatedGame> {
    return this.#call("POST", "/games", request);
  }

  myGames(
    status: GameStatus,
    cursor: string | null = null,
    limit: number | null = null,
  ): Promise<GamesPage<H["info"]>> {
    return this.#call("GET", `/games?${query({ mine: "true", status, cursor, limit })}`);
  }

  /** What anybody may join or watch, newest first. A page may have fewer than `limit`, and another after it. */
  publicGames(cursor: string | null = null, limit: number | null = null): Promise<GamesPage<H["info"]>> {
    return this.#call("GET", `/games?${query({ public: "true", cursor, limit })}`);
  }

  game(code: string): Promise<H["info"]> {
    return this.#call("GET", pathOf(code));
  }

  join(code: string): Promise<Joined> {
    return this.#call("POST", `${pathOf(code)}/join`);
  }

  start(code: string): Promise<void> {
    return this.#call("POST", `${pathOf(code)}/start`);
  }

  cancel(code: string): Promise<void> {
    return this.#call("POST", `${pathOf(code)}/cancel`);
  }

  /** Give up the seat; while the game is on, resign. A host's leaving passes the game on, the last person's calls it off. */
  leave(code: string): Promise<void> {
    return this.#call("POST", `${pathOf(code)}/leave`);
  }

  /** For the host, in the lobby: a person may not sit down there again, a bot just goes. */
  sendAway(code: string, playerId: string): Promise<void> {
    return this.#call("DELETE", `${pathOf(code)}/players/${encodeURIComponent(playerId)}`);
  }

  /** For the host, in the lobby: all of it, or nothing. `invalid` says by `details.path` what can't be. */
  change(code: string, wanted: H["change"]): Promise<void> {
    return this.#call("PATCH", pathOf(code), wanted);
  }

  /** After the end, for who played: a seat in the one next game of all of them, which is made if there is none. */
  rematch(code: string): Promise<Rematched> {
    return this.#call("POST", `${pathOf(code)}/rematch`);
  }

  replay(code: string): Promise<H["replay"]> {
    return this.#call("GET", `${pathOf(code)}/replay`);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const [answer, text] = await this.#ask(method, path, body);
    if (!answer.ok) throw this.#errorOf(answer, text);
    return (answer.status === 204 || text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** The whole answer, which may also break off in the middle. Not by `AbortSignal.timeout`, which older Safaris don't have. */
  async #ask(method: string, path: string, body: unknown): Promise<[Response, string]> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      signal: patience.signal,
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    const sent_ms = steadyNow_ms();
    try {
      const answer = await fetch(this.#url + BASE + path, init);
      this.clock.hearDate(answer.headers.get("Date"), sent_ms);
      return [answer, await answer.text()];
    } catch {
      throw new ApiError("unreachable", this.#words.unreachable, 0);
    } finally {
      clearTimeout(timer);
    }
  }

  #errorOf(answer: Response, text: string): ApiError {
    const retry = Number(answer.headers.get("Retry-After") ?? "none");
    const retryAfter_s = Number.isFinite(retry) ? retry : null;
    const said = jsonOf(text);
    if (isErrorAnswer(said)) {
      const { code, message, details } = said.error;
      return new ApiError(code, message, answer.status, details ?? {}, retryAfter_s);
    }
    return new ApiError("unreachable", this.#words.garbled, answer.status, {}, retryAfter_s);
  }
}

/** Where a game's socket is; `after` is the number of the last event the page has. */
export function socketUrl(code: string, after: number, mark: string | null, url: string = hereUrl()): string {
  const history = mark === null ? "" : `&mark=${encodeURIComponent(mark)}`;
  return `${url.replace(/^http/, "ws")}${BASE}${pathOf(code)}/socket?changes=1&after=${after}${history}`;
}

function hereUrl(): string {
  return `${location.protocol}//${location.host}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Something between us and the server speaks in pages.
  }
}

function isErrorAnswer(said: unknown): said is ErrorAnswer {
  if (typeof said !== "object" || said === null || !("error" in said)) return false;
  const { error } = said;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

function query(fields: Record<string, string | number | null>): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string | number] => entry[1] !== null);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

function pathOf(code: string): string {
  return `/games/${encodeURIComponent(code)}`;
}

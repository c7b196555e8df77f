/** Who plays in this browser. A guest is made when one is first needed; the cookie remembers it, we the name. */

import { ApiError, type Me } from "@clew/client";
import { forgetName, rememberedName, rememberName } from "./remembered";
import { whileSeen } from "./seen";

/** `unknown`: nobody yet. `unreachable`: we could not ask. */
export type Knowledge = "asking" | "known" | "unknown" | "unreachable";

/** What of the server it needs. */
export interface People {
  me(): Promise<Me>;
  createGuest(displayName: string): Promise<Me>;
  signOut(how?: { everywhere?: boolean }): Promise<void>;
}

const LOOK_EVERY_MS = 4_000;

export class Myself {
  readonly #people: People;
  readonly #nameKey: string;
  /** The other tabs of this browser, while we listen. */
  #tabs: BroadcastChannel | null = null;

  who: Me | null = $state(null);
  knowledge: Knowledge = $state("asking");
  /** We were somebody here, until it was ended elsewhere: in another tab, on another device. */
  endedElsewhere = $state(false);
  /** What stands in every name field of the page, until there is a guest. */
  typedName = $state("");
  #asked: Promise<void> | null = null;

  /** `nameKey`: under what the browser keeps the name, apart from those of other pages. */
  constructor(people: People, nameKey: string) {
    this.#people = people;
    this.#nameKey = nameKey;
    this.typedName = rememberedName(nameKey);
  }

  /** Who we are can be lost with this browser: there is no account. */
  get isGuest(): boolean {
    return this.who !== null && (this.who.username ?? null) === null;
  }

  /** There is neither a guest nor a name to make one of. */
  get nameless(): boolean {
    return this.who === null && this.typedName.trim() === "";
  }

  /** Ask the server once who the cookie belongs to. Never throws; see `knowledge`. */
  load(): Promise<void> {
    if (this.#asked === null || this.knowledge === "unreachable")
      this.#asked = this.#ask();
    return this.#asked;
  }

  /** Be somebody: who we are already, or a new guest with the typed name. Throws `ApiError`, e.g. `bad_name`. */
  async ensure(): Promise<Me> {
    await this.load();
    if (this.who !== null) return this.who;
    const { user_id, display_name } = await this.#people.createGuest(
      this.typedName.trim(),
    );
    this.become({ user_id, display_name, username: null });
    return { user_id, display_name, username: null };
  }

  /** Stop being who we are, in this browser or on every device. Nothing of it stays here. Throws `ApiError`. */
  async leave(how: { everywhere?: boolean } = {}): Promise<void> {
    try {
      await this.#people.signOut(how);
    } catch (error) {
      // It was over already, which is what was wanted.
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    this.gone();
  }

  /** We are this one from now on, and the other tabs are told. */
  become(who: Me): void {
    this.#take(who);
    this.#tabs?.postMessage(null);
  }

  /** We are nobody from now on, by our own wish; the other tabs are told. */
  gone(): void {
    this.nobody();
    this.endedElsewhere = false;
    this.#tabs?.postMessage(null);
  }

  /** The server does not know us any more. What was typed here may be somebody else's to see now. */
  nobody(): void {
    if (this.who !== null) {
      this.typedName = "";
      forgetName(this.#nameKey);
      this.endedElsewhere = true;
    }
    this.who = null;
    this.knowledge = "unknown";
  }

  /** Something that was asked went wrong: perhaps because nobody knows us any more. */
  heard(error: unknown): void {
    if (error instanceof ApiError && error.code === "not_signed_in")
      this.nobody();
  }

  /** Hear from the browser's other tabs that somebody came or went. Returns how to stop. */
  listen(): () => void {
    if (typeof BroadcastChannel === "undefined") return () => {};
    const tabs = new BroadcastChannel(this.#nameKey);
    tabs.onmessage = () => void this.look();
    this.#tabs = tabs;
    return () => {
      tabs.close();
      this.#tabs = null;
    };
  }

  /** Look every few seconds whether we are still who we were: for a place that no game's line tells of it. Returns how to stop. */
  watch(): () => void {
    return whileSeen(
      () => (this.who === null ? null : this.look()),
      LOOK_EVERY_MS,
    );
  }

  /** Ask again who we are. While nobody answers we stay who we were. Never throws. */
  async look(): Promise<void> {
    try {
      this.#take(await this.#people.me());
    } catch (error) {
      this.heard(error);
    }
  }

  async #ask(): Promise<void> {
    this.knowledge = "asking";
    try {
      this.#take(await this.#people.me());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.nobody();
      else this.knowledge = "unreachable";
    }
  }

  #take({ user_id, display_name, username }: Me): void {
    this.who = { user_id, display_name, username: username ?? null };
    this.knowledge = "known";
    this.endedElsewhere = false;
    rememberName(this.#nameKey, display_name);
  }
}

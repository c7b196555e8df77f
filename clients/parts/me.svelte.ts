/** Who plays in this browser. A guest is made when one is first needed; the cookie remembers it, we the name. */

import { ApiError, type Me } from "@clew/client";

/** `unknown`: nobody yet. `unreachable`: we could not ask. */
export type Knowledge = "asking" | "known" | "unknown" | "unreachable";

/** What of the server it needs. */
interface People {
  me(): Promise<Me>;
  createGuest(displayName: string): Promise<Me>;
  signOut(): Promise<void>;
}

export class Myself {
  readonly #people: People;
  readonly #nameKey: string;

  who: Me | null = $state(null);
  knowledge: Knowledge = $state("asking");
  /** What stands in every name field of the page, until there is a guest. */
  typedName = $state("");
  #asked: Promise<void> | null = null;

  /** `nameKey`: under what the browser keeps the name, apart from those of other pages. */
  constructor(people: People, nameKey: string) {
    this.#people = people;
    this.#nameKey = nameKey;
    this.typedName = rememberedName(nameKey);
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
    this.#become({ user_id, display_name });
    return { user_id, display_name };
  }

  /** Stop being this guest, so that another name can be given. Games of the old name stay with it. */
  async leave(): Promise<void> {
    await this.#people.signOut();
    this.typedName = "";
    this.nobody();
  }

  /** There is neither a guest nor a name to make one of. */
  get nameless(): boolean {
    return this.who === null && this.typedName.trim() === "";
  }

  /** The server does not know us any more. */
  nobody(): void {
    this.who = null;
    this.knowledge = "unknown";
  }

  /** Something that was asked went wrong: perhaps because nobody knows us any more. */
  heard(error: unknown): void {
    if (error instanceof ApiError && error.code === "not_signed_in")
      this.nobody();
  }

  async #ask(): Promise<void> {
    this.knowledge = "asking";
    try {
      const { user_id, display_name } = await this.#people.me();
      this.#become({ user_id, display_name });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.nobody();
      else this.knowledge = "unreachable";
    }
  }

  #become(who: Me): void {
    this.who = who;
    this.knowledge = "known";
    rememberName(this.#nameKey, who.display_name);
  }
}

/** The name used last in this browser, or "". Storage may be forbidden; then nothing is remembered. */
function rememberedName(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function rememberName(key: string, name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // A browser that forbids storage asks for the name again next time: a nuisance, not a failure.
  }
}

/** Who plays in this browser. A guest is made when one is first needed; the cookie remembers it, we the name. */

import { api } from "./server";
import { ApiError, type Me } from "@clew/client";

const NAME_KEY = "clew.name";

/** `unknown`: nobody yet. `unreachable`: we could not ask. */
export type Knowledge = "asking" | "known" | "unknown" | "unreachable";

class Myself {
  who: Me | null = $state(null);
  knowledge: Knowledge = $state("asking");
  /** What stands in every name field of the page, until there is a guest. */
  typedName = $state(rememberedName());
  #asked: Promise<void> | null = null;

  /** Ask the server once who the cookie belongs to. Never throws; see `knowledge`. */
  load(): Promise<void> {
    if (this.#asked === null || this.knowledge === "unreachable") this.#asked = this.#ask();
    return this.#asked;
  }

  /** Be somebody: who we are already, or a new guest with the typed name. Throws `ApiError`, e.g. `bad_name`. */
  async ensure(): Promise<Me> {
    await this.load();
    if (this.who !== null) return this.who;
    const { user_id, display_name } = await api.createGuest(this.typedName.trim());
    this.#become({ user_id, display_name });
    return { user_id, display_name };
  }

  /** Stop being this guest, so that another name can be given. Games of the old name stay with it. */
  async leave(): Promise<void> {
    await api.signOut();
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

  async #ask(): Promise<void> {
    this.knowledge = "asking";
    try {
      const { user_id, display_name } = await api.me();
      this.#become({ user_id, display_name });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.nobody();
      else this.knowledge = "unreachable";
    }
  }

  #become(who: Me): void {
    this.who = who;
    this.knowledge = "known";
    rememberName(who.display_name);
  }
}

/** The name used last in this browser, or "". Storage may be forbidden; then nothing is remembered. */
function rememberedName(): string {
  try {
    return localStorage.getItem(NAME_KEY) ?? "";
  } catch {
    return "";
  }
}

function rememberName(name: string): void {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // A browser that forbids storage asks for the name again next time: a nuisance, not a failure.
  }
}

export const myself = new Myself();

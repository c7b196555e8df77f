/** What somebody does with an account, and who they are afterwards. Its calls throw `ApiError`. */

import type {
  ChangeMe,
  Exported,
  KnownPasskey,
  Me,
  NewAccount,
  NewGuest,
  OpenAccount,
} from "@clew/client";
import type { Myself, People } from "../me.svelte";
import { Passkeys, type PasskeyCalls } from "../passkeys/passkeys.svelte";

/** What of the server it needs. */
export interface AccountCalls extends People, PasskeyCalls {
  openAccount(request: OpenAccount): Promise<NewAccount>;
  logIn(username: string, password: string): Promise<NewGuest>;
  recover(
    username: string,
    code: string,
    password: string,
  ): Promise<NewAccount>;
  changeMe(wanted: ChangeMe): Promise<Me>;
  deleteMe(
    password: string | null,
    passkey?: KnownPasskey | null,
  ): Promise<void>;
  exportMe(cursor: string | null): Promise<Exported>;
}

export class Account {
  readonly myself: Myself;
  /** Those of who we are. */
  readonly passkeys: Passkeys;
  readonly #calls: AccountCalls;
  #code: { of: string; code: string } | null = $state(null);

  constructor(myself: Myself, calls: AccountCalls) {
    this.myself = myself;
    this.#calls = calls;
    this.passkeys = new Passkeys(calls, (call) => this.#ours(call));
  }

  /** A recovery code that was not yet kept. It is nowhere but here, and nobody else's to see. */
  get code(): string | null {
    const { who } = this.myself;
    return this.#code !== null && who?.user_id === this.#code.of
      ? this.#code.code
      : null;
  }

  /** Of the guest we are, or of nobody. */
  async open(username: string, password: string, email: string): Promise<void> {
    this.#come(
      await this.#calls.openAccount({
        username,
        password,
        email: email === "" ? null : email,
      }),
    );
  }

  /** The same, with a passkey that the device makes now. Throws `Trouble` too. */
  async openByPasskey(username: string, email: string): Promise<void> {
    this.#come(
      await this.passkeys.openAccount(username, email === "" ? null : email),
    );
  }

  async logIn(username: string, password: string): Promise<void> {
    const { user_id, display_name } = await this.#calls.logIn(
      username,
      password,
    );
    this.myself.become({ user_id, display_name, username });
    await this.myself.look(); // in whatever spelling it was typed
  }

  /** By a passkey that was shown. It says who we are, and the server then our user name. */
  async logInBy(passkey: KnownPasskey): Promise<void> {
    const { user_id, display_name } = await this.#calls.logInByPasskey(passkey);
    this.myself.become({ user_id, display_name, username: "" });
    await this.myself.look();
  }

  async recover(
    username: string,
    code: string,
    password: string,
  ): Promise<void> {
    this.#come(await this.#calls.recover(username, code, password));
  }

  kept(): void {
    this.#code = null;
  }

  async rename(display_name: string): Promise<void> {
    this.myself.become(
      await this.#ours(this.#calls.changeMe({ display_name })),
    );
  }

  async changePassword(
    current_password: string,
    password: string,
  ): Promise<void> {
    await this.#ours(this.#calls.changeMe({ password, current_password }));
  }

  /** The first one, by a passkey that is asked for now. Throws `Trouble` too. */
  async setPassword(password: string): Promise<void> {
    const passkey = await this.passkeys.shown();
    await this.#ours(this.#calls.changeMe({ password, passkey }));
    await this.passkeys.look();
  }

  /** For good, by a passkey that is asked for now. Throws `Trouble` too. */
  async removeByPasskey(): Promise<void> {
    const passkey = await this.passkeys.shown();
    await this.#ours(this.#calls.deleteMe(null, passkey));
    this.myself.gone();
  }

  /** For good. A guest has no password. */
  async remove(password: string | null): Promise<void> {
    await this.#ours(this.#calls.deleteMe(password));
    this.myself.gone();
  }

  /** All that is kept of us, as one text to take along. */
  async exported(): Promise<string> {
    const first = await this.#ours(this.#calls.exportMe(null));
    const games = [...first.games];
    let cursor = first.next_cursor;
    while (cursor !== null) {
      const page = await this.#ours(this.#calls.exportMe(cursor));
      games.push(...page.games);
      cursor = page.next_cursor;
    }
    const { next_cursor: _, ...kept } = { ...first, games };
    return `${JSON.stringify(kept, null, 2)}\n`;
  }

  /** A call that only somebody can make whom the server still knows. */
  async #ours<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      return await call;
    } catch (error) {
      this.myself.heard(error);
      throw error;
    }
  }

  #come({ user_id, display_name, username, recovery_code }: NewAccount): void {
    this.#code = { of: user_id, code: recovery_code };
    this.myself.become({ user_id, display_name, username });
  }
}

/** What somebody does with passkeys. Its calls throw `ApiError`, and `Trouble` where browser or device say no. */

import type {
  KnownPasskey,
  KnownPasskeyOptions,
  MyPasskey,
  MyPasskeys,
  NewAccount,
  NewGuest,
  NewPasskey,
  NewPasskeyOptions,
  OpenAccountByPasskey,
  Proof,
} from "@clew/client";
import { DEVICE, deviceName, type Device } from "./device";

/** What of the server it needs. */
export interface PasskeyCalls {
  askNewAccount(username: string): Promise<NewPasskeyOptions>;
  openAccountByPasskey(request: OpenAccountByPasskey): Promise<NewAccount>;
  askPasskey(): Promise<KnownPasskeyOptions>;
  logInByPasskey(passkey: KnownPasskey): Promise<NewGuest>;
  myPasskeys(): Promise<MyPasskeys>;
  askMorePasskeys(proof: Proof): Promise<NewPasskeyOptions>;
  addPasskey(passkey: NewPasskey, name: string): Promise<MyPasskey>;
  renamePasskey(id: string, name: string): Promise<MyPasskey>;
  removePasskey(id: string): Promise<void>;
}

/** A longer name is refused. */
export const NAME_CHARS_MAX = 40;

export class Passkeys {
  readonly #calls: PasskeyCalls;
  readonly #ours: <Answer>(call: Promise<Answer>) => Promise<Answer>;
  readonly #device: Device;
  /** Null until they were looked at. */
  mine: MyPasskeys | null = $state.raw(null);

  /** `ours` makes a call that only somebody can make whom the server still knows. */
  constructor(
    calls: PasskeyCalls,
    ours: <Answer>(call: Promise<Answer>) => Promise<Answer>,
    device: Device = DEVICE,
  ) {
    this.#calls = calls;
    this.#ours = ours;
    this.#device = device;
  }

  /** Whether this browser can have any. */
  get here(): boolean {
    return this.#device.has();
  }

  /** Whether there is a password besides; so it is, as long as nobody said otherwise. */
  get hasPassword(): boolean {
    return this.mine?.has_password ?? true;
  }

  forget(): void {
    this.mine = null;
  }

  async look(): Promise<void> {
    this.mine = await this.#ours(this.#calls.myPasskeys());
  }

  async openAccount(
    username: string,
    email: string | null,
  ): Promise<NewAccount> {
    const options = await this.#calls.askNewAccount(username);
    const passkey = await this.#device.make(options);
    const passkey_name = deviceName();
    return this.#calls.openAccountByPasskey({
      username,
      email,
      passkey,
      passkey_name,
    });
  }

  /** One that somebody was asked to show. */
  async shown(): Promise<KnownPasskey> {
    return this.#device.show(await this.#calls.askPasskey());
  }

  /**
   * One that was chosen where a user name is typed; null: none was, or none can be. Never throws, for nobody asked.
   * Whatever is asked after it ends it.
   */
  async offered(): Promise<KnownPasskey | null> {
    try {
      if (!this.here || !(await this.#device.offers())) return null;
      const options = await this.#calls.askPasskey();
      return await this.#device.show(options, { offered: true });
    } catch {
      return null;
    }
  }

  /** Nothing is offered any more. */
  stopOffering(): void {
    this.#device.stop();
  }

  /** What the device is to be asked for one more: it may be asked for minutes. */
  ask(proof: Proof): Promise<NewPasskeyOptions> {
    return this.#ours(this.#calls.askMorePasskeys(proof));
  }

  async add(options: NewPasskeyOptions, name: string): Promise<MyPasskey> {
    const passkey = await this.#device.make(options);
    const added = await this.#ours(this.#calls.addPasskey(passkey, name));
    await this.look();
    return added;
  }

  async rename(id: string, name: string): Promise<MyPasskey> {
    const renamed = await this.#ours(this.#calls.renamePasskey(id, name));
    await this.look();
    return renamed;
  }

  async remove(id: string): Promise<void> {
    await this.#ours(this.#calls.removePasskey(id));
    await this.look();
  }
}

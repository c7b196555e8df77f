/** Whether this browser calls us when it is our turn, and having it do so or not. Nothing throws; see `wrong`. */

import { ApiError, type PushInfo } from "@clew/client";
import type { Myself } from "../me.svelte";
import { worker } from "../offline";
import { forgetName, rememberedName, rememberName } from "../remembered";
import { inabilityOf, thisBrowser, type Inability } from "./browsers";
import { Hooks, type HookCalls } from "./hooks.svelte";
import { WORDS } from "./words";

/** What of the server it needs. */
export interface PushCalls extends HookCalls {
  addPush(subscription: PushSubscriptionJSON): Promise<PushInfo>;
}

/** `denied` by the person, `nowhere`: this server has no worker, or knows nothing of it. */
export type Calling =
  "asking" | "off" | "on" | "denied" | "nowhere" | Inability;

const KEY = "clew.called";

export class Calls {
  readonly #myself: Myself;
  readonly #server: PushCalls;
  readonly hooks: Hooks;
  /** How the server names this browser; "" until it is told of it. */
  #push_id = "";

  calling: Calling = $state("asking");
  busy = $state(false);
  /** What went wrong, in words; null: nothing. */
  wrong: string | null = $state(null);

  constructor(myself: Myself, server: PushCalls) {
    this.#myself = myself;
    this.#server = server;
    this.hooks = new Hooks(server);
  }

  /** Find out how it stands. Where we were called already the server is told anew: we may have come in another way since. */
  async look(): Promise<void> {
    const inability = inabilityOf(thisBrowser());
    if (inability !== null) this.calling = inability;
    else if (Notification.permission === "denied") this.calling = "denied";
    else await this.#try(() => this.#renew());
  }

  /** To be called by pressing a button: browsers ask then only. */
  async start(): Promise<void> {
    await this.#try(async () => {
      const permission = await Notification.requestPermission();
      if (permission === "granted") await this.#subscribe();
      else this.calling = permission === "denied" ? "denied" : "off";
    });
  }

  async stop(): Promise<void> {
    await this.#try(async () => {
      await this.#server.removePush(this.#push_id || this.#remembered);
      forgetName(this.#key);
      this.calling = "off";
      await (await subscription())?.unsubscribe();
    });
  }

  async #renew(): Promise<void> {
    const found = await subscription();
    const wanted = found !== null && this.#remembered !== "";
    this.calling = wanted ? "on" : "off";
    if (wanted) await this.#tell(found);
  }

  async #subscribe(): Promise<void> {
    const { public_key } = await this.#server.pushes();
    const registration = await site();
    if (registration === null) {
      this.calling = "nowhere";
      return;
    }
    const found = await registration.pushManager.getSubscription();
    const isOurs = keyOf(found) === public_key;
    if (!isOurs) await found?.unsubscribe(); // bound to a key that the server had before
    await this.#tell(
      found !== null && isOurs
        ? found
        : await registration.pushManager.subscribe({
            userVisibleOnly: true,
            applicationServerKey: public_key,
          }),
    );
  }

  async #tell(found: PushSubscription): Promise<void> {
    const { push_id } = await this.#server.addPush(found.toJSON());
    this.#push_id = push_id;
    rememberName(this.#key, push_id);
    this.calling = "on";
  }

  async #try(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.wrong = null;
    try {
      await act();
    } catch (error) {
      this.#myself.heard(error);
      if (error instanceof ApiError && error.status === 404)
        this.calling = "nowhere";
      else
        this.wrong = error instanceof ApiError ? error.message : WORDS.failed;
      if (this.calling === "asking") this.calling = "off";
    } finally {
      this.busy = false;
    }
  }

  /** Of one browser that several people use, each says for themselves. */
  get #key(): string {
    return `${KEY}.${this.#myself.who?.user_id ?? ""}`;
  }

  get #remembered(): string {
    return rememberedName(this.#key);
  }
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** The worker, once it can be called; null if there is none. */
async function site(): Promise<ServiceWorkerRegistration | null> {
  try {
    await worker();
  } catch {
    return null;
  }
  return navigator.serviceWorker.ready;
}

/** The key that a subscription is bound to, as the server gives it: base64 for addresses, unpadded. */
function keyOf(found: PushSubscription | null): string | null {
  const raw = found?.options.applicationServerKey;
  if (!raw) return null;
  return btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

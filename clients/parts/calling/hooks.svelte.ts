/** Addresses of one's own that are told whose turn it is. What is signed with is known once, until it is kept. */

import type { MyPushes, NewWebhook, PushInfo } from "@clew/client";

/** What of the server it needs. */
export interface HookCalls {
  pushes(): Promise<MyPushes>;
  addWebhook(url: string): Promise<NewWebhook>;
  removePush(push_id: string): Promise<void>;
}

export class Hooks {
  readonly #server: HookCalls;

  /** null until we looked. */
  mine: readonly PushInfo[] | null = $state.raw(null);
  /** The one that was named just now, with its secret; null once that is kept. */
  made: NewWebhook | null = $state.raw(null);

  constructor(server: HookCalls) {
    this.#server = server;
  }

  /** As all of these, throws what the server refuses by. */
  async look(): Promise<void> {
    const { pushes } = await this.#server.pushes();
    this.mine = pushes.filter(({ way }) => way === "webhook");
  }

  /** Of the same address again the secret is another, and the one before is good no more. */
  async add(url: string): Promise<void> {
    this.made = await this.#server.addWebhook(url);
    await this.look();
  }

  async remove(push_id: string): Promise<void> {
    await this.#server.removePush(push_id);
    if (this.made?.push_id === push_id) this.made = null;
    await this.look();
  }

  kept(): void {
    this.made = null;
  }

  /** Whoever looks next may be another. */
  leave(): void {
    this.mine = null;
    this.made = null;
  }
}

/** A game of Minotaur as this page knows it: what every screen of it reads, and the few things a player can do.
 *
 * While `telling` is true the game screen is still telling the round that ended: leave it on the screen until then.
 */

import { t } from "$parts/catalogue/catalogue";
import type { Answer, Environment, News } from "@clew/client";
import { Live } from "$parts/live.svelte";
import type { Minotaur } from "./minotaur";
import type { PlanStep, View } from "./wire";

export type NewsListener = (news: News<Minotaur>, before: View | null) => void;

export class Room extends Live<Minotaur, readonly PlanStep[]> {
  readonly #listeners = new Set<NewsListener>();

  /** The game screen is telling the round that ended. Written by the game screen only. */
  telling = $state(false);

  /** The last refusal in words for a person; the screen that shows it clears it. */
  notice: string | null = $state(null);

  constructor(code: string, world?: Environment) {
    super(code, "minotaur.v1", world);
  }

  /** Hear every piece of news together with the view before it, from now on. Gives the way to stop. */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Want this plan for the present round; where it is refused, `notice` says why. */
  async sendPlan(steps: readonly PlanStep[]): Promise<void> {
    if (this.view !== null) this.#complain(await this.register([...steps]));
  }

  async sendReady(): Promise<void> {
    if (this.view !== null && !this.ready) this.#complain(await this.beReady());
  }

  async resign(): Promise<void> {
    this.#complain(await this.giveUp());
  }

  protected override acceptedPlan(view: View | null): readonly PlanStep[] {
    return view?.you?.plan ?? [];
  }

  protected override planCommand(round: number, steps: readonly PlanStep[]): Minotaur["command"] {
    return { type: "plan", round, steps: [...steps] };
  }

  protected override hear(news: News<Minotaur>): void {
    const before = this.view;
    super.hear(news);
    for (const listener of this.#listeners) listener(news, before);
  }

  protected override beginAnew(news: News<Minotaur>): void {
    this.notice = null;
    super.beginAnew(news);
  }

  #complain(answer: Answer): void {
    if (answer.type === "refused") this.notice = answer.error.message;
    if (answer.type === "closed") this.notice = t("game-lost");
  }
}

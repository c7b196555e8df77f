/** Something that is done as somebody: first a name is asked for if there is none, and whatever goes wrong is said in its place. */

import { tick } from "svelte";
import type { Myself } from "./me.svelte";
import { isTooLong, TOO_LONG } from "./names";
import { problemOf, type Problem } from "./problem";

export class Doing {
  readonly #myself: Myself;
  readonly #nameless: string;

  busy = $state(false);
  #wrong: { name: string; problem: Problem } | null = $state.raw(null);
  problem: Problem | null = $state(null);
  /** The field for the name, while there is one. */
  input: HTMLInputElement | null = $state(null);

  /** `nameless`: what to say to somebody who left the name out. */
  constructor(myself: Myself, nameless: string) {
    this.#myself = myself;
    this.#nameless = nameless;
  }

  /** What is wrong with the name as it stands there; the focus is in its field then. */
  get nameProblem(): Problem | null {
    return this.#wrong?.name === this.#myself.typedName
      ? this.#wrong.problem
      : null;
  }

  /** Not while it is being done already. Never throws. */
  async run(
    act: () => Promise<void>,
    onproblem?: (problem: Problem) => void,
  ): Promise<void> {
    if (this.busy) return;
    this.problem = null;
    this.#wrong = null;
    const wrong = this.#wrongName();
    if (wrong !== null) {
      await this.#askAgain({ code: "bad_name", text: wrong, details: {} });
      return;
    }
    this.busy = true;
    try {
      await this.#myself.ensure();
      await act();
    } catch (error) {
      const found = problemOf(error);
      this.#myself.heard(error);
      if (found.code === "bad_name") await this.#askAgain(found);
      else this.problem = found;
      onproblem?.(found);
    } finally {
      this.busy = false;
    }
  }

  #wrongName(): string | null {
    if (this.#myself.nameless) return this.#nameless;
    const tooLong =
      this.#myself.who === null && isTooLong(this.#myself.typedName);
    return tooLong ? TOO_LONG : null;
  }

  async #askAgain(problem: Problem): Promise<void> {
    this.#wrong = { name: this.#myself.typedName, problem };
    await tick();
    this.input?.focus();
  }
}

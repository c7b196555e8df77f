/** Something that is asked for once, and again if that went wrong. */

import { problemOf, type Problem } from "../problem";

export class Looking<T> {
  found: T | null = $state.raw(null);
  problem: Problem | null = $state(null);

  constructor(readonly ask: () => Promise<T>) {}

  async look(): Promise<void> {
    this.problem = null;
    try {
      this.found = await this.ask();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}

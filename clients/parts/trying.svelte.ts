/** Something small that a button does: once at a time, and what came of it is said beside it. */

import { problemOf } from "./problem";

export class Trying {
  busy = $state(false);
  /** What was done, in words; empty as long as nothing was. */
  done = $state("");
  trouble: string | null = $state(null);

  /** `act` gives what to say of it, if anything. Not while something is being done already. Never throws. */
  async run(act: () => Promise<string | void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.say("");
    try {
      this.done = (await act()) ?? "";
    } catch (error) {
      this.trouble = problemOf(error).text;
    } finally {
      this.busy = false;
    }
  }

  /** What came of it, said by whoever did it elsewhere. */
  say(done: string): void {
    this.done = done;
    this.trouble = null;
  }
}

/** What this device's player has been taught so far, and what is taught now. It is kept on the device alone. */

import { rememberedName, rememberName } from "$parts/remembered";
import { isDone, LESSONS, lessonOf, type LessonId, type Moment } from "./lessons";

const KEY = "minotaur.taught";
/** Nothing more is taught here: all was, or nobody wants it. */
const ALL = "all";

export class Guide {
  #learned: ReadonlySet<LessonId> = $state.raw(learnedIn(rememberedName(KEY)));
  #since = 0;
  /** The lesson that is given; null: none. */
  given: LessonId | null = $state(null);

  /** Whether nobody was taught anything here yet. */
  get isNew(): boolean {
    return this.#learned.size === 0;
  }

  /** The game stands like this now: what was done is learned, and the next lesson is given when its time comes. */
  look(moment: Moment): void {
    if (this.given !== null && isDone(this.given, moment, this.#since)) this.#learn(this.given);
    const next = lessonOf(moment, this.#learned, this.given);
    if (next === this.given) return;
    this.given = next;
    this.#since = moment.view.round;
  }

  /** Read and understood. */
  next(): void {
    if (this.given !== null) this.#learn(this.given);
    this.given = null;
  }

  /** No more of it, on this device. */
  leave(): void {
    this.#keep(new Set(LESSONS));
    this.given = null;
  }

  /** From the beginning. */
  again(): void {
    this.#keep(new Set());
  }

  #learn(id: LessonId): void {
    this.#keep(new Set([...this.#learned, id]));
  }

  #keep(learned: ReadonlySet<LessonId>): void {
    this.#learned = learned;
    rememberName(KEY, learned.size === LESSONS.length ? ALL : [...learned].join(" "));
  }
}

function learnedIn(kept: string): ReadonlySet<LessonId> {
  if (kept === ALL) return new Set(LESSONS);
  const known = kept.split(" ");
  return new Set(LESSONS.filter((id) => known.includes(id)));
}

export const guide = new Guide();

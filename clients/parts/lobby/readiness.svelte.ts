/** Being ready in a lobby: what you said of it, as it is on its way, and as it is said again where it was forgotten. */

import type { Answer, Environment, ReadyCommand } from "@clew/client";
import { t } from "../catalogue/catalogue";

/** An acceptance may be here before the view that it is about. */
const SHOWN_WITHIN_MS = 1_000;
/** What a lobby has become may be told a moment after a view in which you are not ready any more. */
const AGAIN_AFTER_MS = 1_000;
/** With these it is another game that would begin, of which you have said nothing. */
const ANOTHER_GAME: ReadonlySet<string> = new Set([
  "seat_changed",
  "settings_changed",
]);

/** What of the news it reads. */
export interface Heard {
  readonly kind: "changed" | "fresh" | "live" | "resumed";
  readonly events: readonly { readonly type: string }[];
  readonly asides: readonly { readonly type: string }[];
  readonly view: {
    readonly game_status: string;
    readonly players: readonly {
      readonly player_id: string;
      readonly ready?: boolean;
    }[];
  };
}

export class Readiness {
  readonly #send: (command: ReadyCommand) => Promise<Answer>;
  readonly #world: Pick<Environment, "clearTimer" | "setTimer">;
  #timer: number | null = null;
  #nth = 0;
  /** The seat in which you said here that you are ready, as long as that holds, and whether everybody saw it. */
  #held: { readonly seat: string; readonly seen: boolean } | null = null;

  /** What you said last, until everybody sees it. */
  pending: boolean | null = $state(null);
  /** Why it was not so, in words. */
  wrong: string | null = $state(null);

  constructor(
    send: (command: ReadyCommand) => Promise<Answer>,
    world: Pick<Environment, "clearTimer" | "setTimer">,
  ) {
    this.#send = send;
    this.#world = world;
  }

  /** You, who sit there, are ready, or not any more. */
  async say(seat: string, ready: boolean): Promise<void> {
    const nth = ++this.#nth;
    this.#stopTimer();
    this.wrong = null;
    this.pending = ready;
    this.#held = ready ? { seat, seen: false } : null;
    const answer = await this.#send(
      ready
        ? { type: "ready", round: 0 }
        : { type: "ready", round: 0, ready: false },
    );
    if (nth !== this.#nth) return;
    if (answer.type === "accepted") {
      this.#in(SHOWN_WITHIN_MS, () => (this.pending = null));
      return;
    }
    this.pending = null;
    this.#held = null;
    if (answer.type === "refused") this.wrong = answer.error.message;
    if (answer.type === "closed") this.wrong = t("talk-lost");
  }

  /** Take in what was told. What nobody took back was forgotten with the server that knew it: it is said again, once, unless
   * it is another game by now. */
  hear({ kind, events, asides, view }: Heard): void {
    const held = this.#held;
    if (held === null) return;
    const you = view.players.find(({ player_id }) => player_id === held.seat);
    const isOver =
      kind === "fresh" ||
      kind === "changed" ||
      view.game_status !== "lobby" ||
      you?.ready === undefined ||
      events.some(({ type }) => ANOTHER_GAME.has(type)) ||
      asides.some((aside) => isTakenBack(aside, held.seat));
    if (isOver) {
      this.#held = null;
      this.#stopTimer();
      this.pending = null;
    } else if (you.ready) {
      this.#held = { ...held, seen: true };
      this.#stopTimer();
      this.pending = null;
    } else if (held.seen) {
      this.#held = { ...held, seen: false };
      this.#in(AGAIN_AFTER_MS, () => void this.say(held.seat, true));
    }
  }

  stop(): void {
    this.#stopTimer();
    this.#held = null;
  }

  #in(delay_ms: number, act: () => void): void {
    this.#stopTimer();
    this.#timer = this.#world.setTimer(() => {
      this.#timer = null;
      act();
    }, delay_ms);
  }

  #stopTimer(): void {
    if (this.#timer !== null) this.#world.clearTimer(this.#timer);
    this.#timer = null;
  }
}

function isTakenBack(aside: { readonly type: string }, seat: string): boolean {
  const { type, id, ready } = aside as {
    type: string;
    id?: string;
    ready?: boolean;
  };
  return type === "readiness" && id === seat && ready === false;
}

/** One game as this page knows it: what every screen of the game reads, and the few things a player can do.
 *
 * Made once for a join code by the page that shows the game, `enter()`ed when it appears, `leave()`t when it goes.
 * While `telling` is true the game screen is still telling the round that ended: leave it on the screen until then.
 */

import {
  BROWSER,
  Connection,
  type Answer,
  type ClosedReason,
  type Environment,
  type News,
  type Status,
} from "@clew/client";
import type { Minotaur } from "./minotaur";
import type { PlanStep, ShownEvent, View } from "./wire";

/** How long "Back: nothing was lost" stays. */
const BACK_SHOWN_MS = 2_000;

export type NewsListener = (news: News<Minotaur>, before: View | null) => void;

/** The operator put an older game in the place of the one we knew. */
export interface SetBack {
  /** It stands in the log after the event with this number. */
  readonly seq: number;
  /** The round in which the older game stood; 0: it was in its lobby. */
  readonly round: number;
}

interface SentPlan {
  round: number;
  steps: PlanStep[];
  /** The number of its acceptance; null until the server said yes. */
  seq: number | null;
}

export class Room {
  readonly code: string;
  readonly #connection: Connection<Minotaur>;
  readonly #world: Environment;
  readonly #listeners = new Set<NewsListener>();
  #backTimer: number | null = null;

  /** All this viewer may know now; null until the first word from the server. */
  view: View | null = $state.raw(null);
  /** Everything that was told, in order, without skips. */
  events: readonly ShownEvent[] = $state.raw([]);
  /** When the game was set back, in order. Nobody but this page knows of it: the older game's own story does not. */
  setBacks: readonly SetBack[] = $state.raw([]);
  /** False if a part of the story before now was too long ago to be told again. */
  storyIsWhole = $state(true);

  status: Status = $state("connecting");
  closedReason: ClosedReason | null = $state(null);
  /** Just reconnected: "whole" if nothing was missed, "gap" if the log is not complete. Null after two seconds. */
  back: "whole" | "gap" | null = $state(null);

  /** The game screen is telling the round that ended. Written by the game screen only. */
  telling = $state(false);

  /** The last refusal in words for a person; the screen that shows it clears it. */
  notice: string | null = $state(null);

  #sent: SentPlan | null = $state.raw(null);
  #viewSeq = $state(0);
  #readySent: number | null = $state(null);

  constructor(code: string, world: Environment = BROWSER) {
    this.code = code;
    this.#world = world;
    const hear = (news: News<Minotaur>): void => this.#hear(news);
    this.#connection = new Connection({
      code,
      subprotocol: "minotaur.v1",
      on: {
        welcome: hear,
        events: hear,
        historyChanged: hear,
        status: (status, reason) => this.#turn(status, reason),
      },
      environment: world,
    });
  }

  /** Connect, and stay connected until `leave`. */
  enter(): void {
    this.#connection.start();
  }

  leave(): void {
    this.#connection.stop();
    if (this.#backTimer !== null) this.#world.clearTimer(this.#backTimer);
  }

  /** Try to connect now, even after the server said that there is no point. */
  retry(): void {
    this.#connection.retryNow();
  }

  /** Milliseconds since the epoch by the server's clock. */
  serverNow(): number {
    return this.#connection.serverNow();
  }

  /** Hear every piece of news together with the view before it, from now on. Gives the way to stop. */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Your plan for this round as you want it: the one on its way if there is one, else the accepted one. */
  get plan(): readonly PlanStep[] {
    const sent = this.#sent;
    const stillNewer = sent !== null && sent.round === this.view?.round;
    return stillNewer && (sent.seq === null || sent.seq > this.#viewSeq) ? sent.steps : (this.view?.you?.plan ?? []);
  }

  /** The plan was not yet accepted. */
  get planPending(): boolean {
    return this.#sent !== null && this.#sent.seq === null && this.#sent.round === this.view?.round;
  }

  /** To which round the game was set back, until that round is over; null if it was not. */
  get setBackTo(): number | null {
    const round = this.setBacks.at(-1)?.round ?? null;
    return round === this.view?.round ? round : null;
  }

  /** You said that you are done with this round, or it is on its way. */
  get ready(): boolean {
    return this.view !== null && (this.view.you?.ready === true || this.#readySent === this.view.round);
  }

  get readyPending(): boolean {
    return this.ready && this.view?.you?.ready !== true;
  }

  /** Want this plan for the present round. It counts once accepted; refused, the accepted one stands and `notice` says why. */
  async sendPlan(steps: readonly PlanStep[]): Promise<void> {
    const round = this.view?.round;
    if (round === undefined) return;
    const sent: SentPlan = { round, steps: [...steps], seq: null };
    this.#sent = sent;
    const answer = await this.#connection.send({ type: "plan", round, steps: sent.steps });
    if (this.#sent !== sent) return;
    this.#sent = answer.type === "accepted" ? { ...sent, seq: answer.seq } : null;
    this.#complain(answer);
  }

  async sendReady(): Promise<void> {
    const round = this.view?.round;
    if (round === undefined || this.ready) return;
    this.#readySent = round;
    const answer = await this.#connection.send({ type: "ready", round });
    if (answer.type === "accepted") return;
    if (this.#readySent === round) this.#readySent = null;
    this.#complain(answer);
  }

  async resign(): Promise<void> {
    this.#complain(await this.#connection.send({ type: "resign" }));
  }

  #complain(answer: Answer): void {
    if (answer.type === "refused") this.notice = answer.error.message;
    if (answer.type === "closed") this.notice = "That did not reach the game.";
  }

  #hear(news: News<Minotaur>): void {
    const before = this.view;
    if (news.kind === "changed") this.#beginAnew(news);
    if (news.kind === "fresh" && news.seq > news.events.length) this.#loseTheStory();
    this.view = news.view;
    this.#viewSeq = news.seq;
    if (news.events.length > 0) this.events = [...this.events, ...news.events];
    for (const listener of this.#listeners) listener(news, before);
  }

  /** An older game was put back: what this page believed of it, and of its own orders, holds no more. */
  #beginAnew({ seq, events, view }: News<Minotaur>): void {
    this.#sent = null;
    this.#readySent = null;
    this.notice = null;
    this.back = null;
    this.events = [];
    this.storyIsWhole = seq <= events.length;
    // A note in the part of the story that is gone is gone with it, or two would stand where the games part.
    this.setBacks = [...this.setBacks.filter((earlier) => earlier.seq < seq), { seq, round: view.round }];
  }

  #loseTheStory(): void {
    this.storyIsWhole = false;
    if (this.back !== null) this.back = "gap";
  }

  #turn(status: Status, reason: ClosedReason | null): void {
    const wasAway = this.status === "reconnecting";
    this.status = status;
    this.closedReason = reason;
    if (status === "open" && wasAway) this.#sayWeAreBack();
    else this.back = null;
  }

  #sayWeAreBack(): void {
    this.back = "whole";
    if (this.#backTimer !== null) this.#world.clearTimer(this.#backTimer);
    this.#backTimer = this.#world.setTimer(() => {
      this.back = null;
    }, BACK_SHOWN_MS);
  }
}

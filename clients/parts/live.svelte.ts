/** A game as somebody sees it while it goes on: what was told of it, the line to it, and one's own plan and readiness.
 *
 * Made once for a join code by the page that shows the game, `enter()`ed when it appears, `leave()`t when it goes.
 */

import {
  BROWSER,
  Connection,
  type Agreement,
  type Answer,
  type ClosedReason,
  type Environment,
  type GameTypes,
  type News,
  type Status,
} from "@clew/client";
import { WORDS as AGREE_WORDS } from "./agree/words";
import { Readiness } from "./lobby/readiness.svelte";
import type { Named } from "./talk/sayings";
import { Talk } from "./talk/talk.svelte";

/** How long "Back: nothing was lost" stays. */
const BACK_SHOWN_MS = 2_000;

/** The operator put an older game in the place of the one we knew. */
export interface SetBack {
  /** It stands in the log after the event with this number. */
  readonly seq: number;
  /** The round in which the older game stood; 0: it was in its lobby. */
  readonly round: number;
}

/** What a view of any game in rounds has. */
interface InRounds extends GameTypes {
  view: {
    readonly game_status: string;
    readonly round: number;
    readonly you: { readonly ready: boolean } | null;
    readonly players: readonly (Named & { readonly ready?: boolean })[];
  };
}

interface Sent<Plan> {
  readonly round: number;
  readonly plan: Plan;
  /** The number of its acceptance; null until the server said yes. */
  readonly seq: number | null;
}

/** `Plan` is a plan as the page has it; what it is in a view and on the wire says each game's own room. */
export abstract class Live<G extends InRounds, Plan> {
  readonly code: string;
  /** What people say and signal here. */
  readonly talk: Talk;
  /** Being ready before it begins. */
  readonly readiness: Readiness;
  readonly #connection: Connection<G>;
  readonly #world: Environment;
  #backTimer: number | null = null;

  /** All this viewer may know now; null until the first word from the server. */
  view: G["view"] | null = $state.raw(null);
  /** Everything that was told, in order. */
  events: readonly G["event"][] = $state.raw([]);
  /** When the game was set back, in order. Only this page knows of it: the older game's own story does not. */
  setBacks: readonly SetBack[] = $state.raw([]);
  /** The join code of the next game of those who played this one, once there is one. */
  rematch: string | null = $state(null);
  /** False if a part of the story before now was too long ago to be told again. */
  storyIsWhole = $state(true);

  status: Status = $state("connecting");
  closedReason: ClosedReason | null = $state(null);
  /** Just reconnected: "whole" if nothing was missed, "gap" if the log is not complete. Null after two seconds. */
  back: "whole" | "gap" | null = $state(null);

  #sent: Sent<Plan> | null = $state.raw(null);
  #viewSeq = $state(0);
  #readySent: number | null = $state(null);

  constructor(code: string, subprotocol: string, world: Environment = BROWSER) {
    this.code = code;
    this.#world = world;
    const hear = (news: News<G>): void => this.hear(news);
    this.#connection = new Connection<G>({
      code,
      subprotocol,
      on: {
        welcome: hear,
        events: hear,
        historyChanged: hear,
        rematch: (join_code) => (this.rematch = join_code),
        status: (status, reason) => this.#turn(status, reason),
      },
      environment: world,
    });
    this.talk = new Talk(
      code,
      (command) => this.#connection.send(command as G["command"]),
      world,
    );
    this.readiness = new Readiness(
      (command) => this.#connection.send(command as G["command"]),
      world,
    );
  }

  /** The plan that a view says was accepted, if there is a view. */
  protected abstract acceptedPlan(view: G["view"] | null): Plan;

  /** What is sent to register it. */
  protected abstract planCommand(round: number, plan: Plan): G["command"];

  /** Connect, and stay connected until `leave`. */
  enter(): void {
    this.#connection.start();
  }

  leave(): void {
    this.#connection.stop();
    this.talk.stop();
    this.readiness.stop();
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

  /** Your plan for this round as you want it: the one on its way if there is one, else the accepted one. */
  get plan(): Plan {
    const sent = this.#sent;
    const isNewer =
      sent !== null &&
      sent.round === this.view?.round &&
      (sent.seq === null || sent.seq > this.#viewSeq);
    return isNewer ? sent.plan : this.acceptedPlan(this.view);
  }

  /** The plan was not yet accepted. */
  get planPending(): boolean {
    return (
      this.#sent !== null &&
      this.#sent.seq === null &&
      this.#sent.round === this.view?.round
    );
  }

  /** To which round the game was set back, until that round is over; null if it was not. */
  get setBackTo(): number | null {
    const round = this.setBacks.at(-1)?.round ?? null;
    return round === this.view?.round ? round : null;
  }

  /** You said that you are done with this round, or it is on its way. */
  get ready(): boolean {
    return (
      this.view !== null &&
      (this.view.you?.ready === true || this.#readySent === this.view.round)
    );
  }

  get readyPending(): boolean {
    return this.ready && this.view?.you?.ready !== true;
  }

  /** Want this plan for the present round. It counts once accepted; refused, the accepted one stands. */
  protected async register(plan: Plan): Promise<Answer> {
    const round = this.view?.round ?? 0;
    const sent: Sent<Plan> = { round, plan, seq: null };
    this.#sent = sent;
    const answer = await this.#connection.send(this.planCommand(round, plan));
    // Meanwhile another plan may have been wanted, or an older game put back: what became of this one is of no interest.
    if (this.#sent !== sent) return { type: "superseded" };
    this.#sent =
      answer.type === "accepted" ? { ...sent, seq: answer.seq } : null;
    return answer;
  }

  /** Be done with the present round. */
  protected async beReady(): Promise<Answer> {
    const round = this.view?.round ?? 0;
    this.#readySent = round;
    const answer = await this.#connection.send({
      type: "ready",
      round,
    } as G["command"]);
    if (answer.type !== "accepted" && this.#readySent === round)
      this.#readySent = null;
    return answer;
  }

  /** Have it so as soon as all who play and are here agree. What was wrong with it, in words; null: nothing. */
  async agree(to: Agreement): Promise<string | null> {
    const answer = await this.#connection.send({
      type: "agree",
      to,
    } as G["command"]);
    if (answer.type === "refused")
      return AGREE_WORDS.refused(answer.error.code, answer.error.message);
    return answer.type === "closed" ? AGREE_WORDS.lost : null;
  }

  /** Give up. */
  protected giveUp(): Promise<Answer> {
    return this.#connection.send({ type: "resign" } as G["command"]);
  }

  /** Take in a piece of news. */
  protected hear(news: News<G>): void {
    if (news.kind === "changed") this.beginAnew(news);
    if (news.kind === "fresh" && news.seq > news.events.length)
      this.#loseTheStory();
    this.view = news.view;
    this.#viewSeq = news.seq;
    this.talk.hear(news.asides, news.view.players);
    this.readiness.hear(news);
    if (news.events.length > 0) this.events = [...this.events, ...news.events];
  }

  /** An older game was put back: what this page believed of it, and of its own orders, holds no more. */
  protected beginAnew({ seq, events, view }: News<G>): void {
    this.#sent = null;
    this.#readySent = null;
    this.back = null;
    this.events = [];
    this.storyIsWhole = seq <= events.length;
    // A note in the part of the story that is gone is gone with it, or two would stand where the games part.
    this.setBacks = [
      ...this.setBacks.filter((earlier) => earlier.seq < seq),
      { seq, round: view.round },
    ];
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

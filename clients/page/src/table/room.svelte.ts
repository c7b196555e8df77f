/** One table as this page knows it: what its parts read, and the few things a player can do.
 *
 * Made for a join code by the page that shows the table, `enter()`ed when that appears, `leave()`t when it goes.
 */

import {
  BROWSER,
  Connection,
  assertNever,
  type Answer,
  type ClosedReason,
  type Environment,
  type News,
  type Status,
  type TableTold,
  type TableTypes,
  type TableView,
} from "@clew/client";
import type { Json } from "../json";
import type { SetBack } from "../words/log";

/** How long "Back: nothing was lost" stays. */
const BACK_SHOWN_MS = 2_000;

interface SentPlan {
  readonly round: number;
  readonly plan: Json;
  /** The number of its acceptance; null until the server said yes. */
  readonly seq: number | null;
}

/** What became of something that was sent. `superseded`: something newer took its place. */
export type Outcome =
  { readonly type: "accepted" } | { readonly type: "superseded" } | { readonly type: "refused"; readonly text: string };

export class Room {
  readonly code: string;
  readonly #connection: Connection<TableTypes>;
  readonly #world: Environment;
  #backTimer: number | null = null;

  /** All this viewer may know now; null until the first word from the server. */
  view: TableView | null = $state.raw(null);
  /** Everything that was told, in order. */
  events: readonly TableTold[] = $state.raw([]);
  /** When the game was set back, in order. Only this page knows of it: the older game's own story does not. */
  setBacks: readonly SetBack[] = $state.raw([]);
  /** False if a part of the story before now was too long ago to be told again. */
  storyIsWhole = $state(true);

  status: Status = $state("connecting");
  closedReason: ClosedReason | null = $state(null);
  /** Just reconnected: "whole" if nothing was missed, "gap" if the log is not complete. Null after two seconds. */
  back: "whole" | "gap" | null = $state(null);

  #sent: SentPlan | null = $state.raw(null);
  #viewSeq = $state(0);
  #readySent: number | null = $state(null);

  constructor(code: string, subprotocol: string, world: Environment = BROWSER) {
    this.code = code;
    this.#world = world;
    const hear = (news: News<TableTypes>): void => this.#hear(news);
    this.#connection = new Connection<TableTypes>({
      code,
      subprotocol,
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

  /** Your plan for this round as you want it: the one on its way if there is one, else the accepted one; null: none. */
  get plan(): Json {
    const sent = this.#sent;
    const isNewer = sent !== null && sent.round === this.view?.round && (sent.seq === null || sent.seq > this.#viewSeq);
    return isNewer ? sent.plan : ((this.view?.you?.plan ?? null) as Json);
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

  /** Want this plan for the present round. It counts once accepted; refused, the accepted one stands. */
  async sendPlan(plan: Json): Promise<Outcome> {
    const round = this.view?.round ?? 0;
    const sent: SentPlan = { round, plan, seq: null };
    this.#sent = sent;
    const answer = await this.#connection.send({ type: "plan", round, plan });
    if (this.#sent === sent) this.#sent = answer.type === "accepted" ? { ...sent, seq: answer.seq } : null;
    return outcomeOf(answer);
  }

  async sendReady(): Promise<Outcome> {
    const round = this.view?.round ?? 0;
    this.#readySent = round;
    const answer = await this.#connection.send({ type: "ready", round });
    if (answer.type !== "accepted" && this.#readySent === round) this.#readySent = null;
    return outcomeOf(answer);
  }

  async resign(): Promise<Outcome> {
    return outcomeOf(await this.#connection.send({ type: "resign" }));
  }

  #hear(news: News<TableTypes>): void {
    if (news.kind === "changed") this.#beginAnew(news);
    if (news.kind === "fresh" && news.seq > news.events.length) this.#loseTheStory();
    this.view = news.view;
    this.#viewSeq = news.seq;
    if (news.events.length > 0) this.events = [...this.events, ...news.events];
  }

  /** An older game was put back: what this page believed of it, and of its own orders, holds no more. */
  #beginAnew({ seq, events, view }: News<TableTypes>): void {
    this.#sent = null;
    this.#readySent = null;
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

function outcomeOf(answer: Answer): Outcome {
  switch (answer.type) {
    case "accepted":
      return { type: "accepted" };
    case "superseded":
      return { type: "superseded" };
    case "refused":
      return { type: "refused", text: answer.error.message };
    case "closed":
      return { type: "refused", text: "That did not reach the game." };
    default:
      return assertNever(answer, { type: "superseded" });
  }
}

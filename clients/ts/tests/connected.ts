/** A connection in a world worked by hand, and all it ever said. */

import { connect } from "../src/connect.js";
import type { ClosedReason, Connection, News, Refusal, ServerMessage, Status } from "../src/index.js";
import { FakeWorld, T0, type FakeSocket } from "../src/testing.js";

/** A game in rounds, as small as can be. */
export interface Tiny {
  view: { round: number };
  event: { type: "skip" | "round_started"; seq: number };
  command:
    | { type: "plan"; round: number; steps: string[] }
    | { type: "ready"; round: number }
    | { type: "resign" }
    | { type: "sign"; sign: string };
}

type Message = ServerMessage<Tiny>;

export function viewOf(round: number): Tiny["view"] {
  return { round };
}

export function welcome(seq: number, resumed = true, log: number[] = []): Message {
  const server_time = new Date(T0).toISOString();
  return {
    type: "welcome",
    mark: "m",
    history: "same",
    seq,
    view: viewOf(seq),
    server_time,
    resumed,
    log: log.map(event),
  };
}

export function event(seq: number): Tiny["event"] {
  return { type: "round_started", seq };
}

export function events(...seqs: number[]): Message {
  const last = seqs.at(-1) ?? 0;
  return { type: "events", mark: "m", seq: last, events: seqs.map(event), view: viewOf(last) };
}

export function socketAt(after: number, mark?: string): string {
  return `ws://here/api/v1/games/K7QM2X/socket?changes=1&after=${after}${mark === undefined ? "" : `&mark=${mark}`}`;
}

export class Connected {
  readonly world = new FakeWorld();
  readonly news: News<Tiny>[] = [];
  readonly states: [Status, ClosedReason | null][] = [];
  readonly refusals: Refusal<Tiny>[] = [];
  readonly connection: Connection<Tiny>;
  readonly #hear = (piece: News<Tiny>): void => {
    this.news.push(piece);
  };

  constructor(known: { after?: number; mark?: string } = {}) {
    this.connection = connect<Tiny>({
      code: "K7QM2X",
      subprotocol: "tiny.v1",
      url: "http://here",
      ...known,
      on: {
        welcome: this.#hear,
        events: this.#hear,
        historyChanged: this.#hear,
        refused: (refusal) => this.refusals.push(refusal),
        status: (status, reason) => this.states.push([status, reason]),
      },
      environment: this.world,
    });
  }

  /** The numbers of all events that were handed on, in order. */
  told(): number[] {
    return this.news.flatMap((piece) => piece.events.map(({ seq }) => seq));
  }

  /** How much later it is at the server than here, by all that was heard. */
  get ahead_ms(): number {
    return this.connection.serverNow() - this.world.now;
  }

  /** The line breaks and is up again: its new socket, which has not been welcomed yet. */
  breakAndReturn(): FakeSocket {
    this.world.socket.breakOff();
    this.world.pass(10_000);
    return this.world.socket;
  }
}

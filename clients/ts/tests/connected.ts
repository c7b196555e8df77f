/** A connection in a world worked by hand, and all it ever said. */

import { Connection, type ClosedReason, type News, type Status } from "../src/connection.js";
import type { ServerMessage } from "../src/protocol.js";
import { FakeWorld, T0, type FakeSocket } from "../src/testing.js";

/** A game in rounds, as small as can be. */
export interface Tiny {
  view: { round: number };
  event: { type: "skip" | "round_started"; seq: number };
  command: { type: "plan"; round: number; steps: string[] } | { type: "ready"; round: number } | { type: "resign" };
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

export class Connected {
  readonly world = new FakeWorld();
  readonly news: News<Tiny>[] = [];
  readonly states: [Status, ClosedReason | null][] = [];
  readonly connection = new Connection<Tiny>(
    (after) => `ws://here/socket?after=${after}`,
    {
      onNews: (piece) => this.news.push(piece),
      onStatus: (status, reason) => this.states.push([status, reason]),
    },
    this.world,
  );

  constructor() {
    this.connection.start();
  }

  /** The numbers of all events that were handed on, in order. */
  told(): number[] {
    return this.news.flatMap((piece) => piece.events.map(({ seq }) => seq));
  }

  /** The line breaks and is up again: its new socket, which has not been welcomed yet. */
  breakAndReturn(): FakeSocket {
    this.world.socket.breakOff();
    this.world.pass(10_000);
    return this.world.socket;
  }
}

/** A connection in a world worked by hand, and all it ever said. */

import { Connection, type ClosedReason, type News, type Status } from "../src/lib/connection";
import type { ServerMessage, ShownEvent, View } from "../src/lib/wire";
import { FakeWorld, T0, type FakeSocket } from "./fake_world";

export function viewOf(round: number): View {
  return {
    seed_chosen: false,
    over_why: null,
    game_status: "active",
    round,
    round_ends_at: null,
    round_ms: null,
    you: null,
    hexes: [],
    characters: [],
    players: [],
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: round,
  };
}

export function welcome(seq: number, resumed = true, log: number[] = []): ServerMessage {
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

export function event(seq: number): ShownEvent {
  return { type: "round_started", seq, round: seq, step: 0 };
}

export function events(...seqs: number[]): ServerMessage {
  const last = seqs.at(-1) ?? 0;
  return { type: "events", mark: "m", seq: last, events: seqs.map(event), view: viewOf(last) };
}

export class Connected {
  readonly world = new FakeWorld();
  readonly news: News[] = [];
  readonly states: [Status, ClosedReason | null][] = [];
  readonly connection = new Connection(
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

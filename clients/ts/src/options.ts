/** What whoever connects to a game gives, and what they are told. */

import type { Environment } from "./environment.js";
import type { ClosedReason, Status } from "./lines.js";
import type { Pending } from "./outbox.js";
import type { ErrorBody, GameTypes } from "./protocol.js";

export interface ConnectOptions<G extends GameTypes> {
  /** The game's join code. */
  readonly code: string;
  /** What the game's server speaks, as in "bids.v1". */
  readonly subprotocol: string;
  /** Where the server is, as in "https://play.example"; without it, where this page came from. */
  readonly url?: string;
  /** The number of the last event that is known already, and the mark that came with it: the story goes on from there. */
  readonly after?: number;
  readonly mark?: string | null;
  readonly on?: Handlers<G>;
  /** The world outside, replaceable by tests (`@clew/client/testing`). */
  readonly environment?: Environment;
}

/** Each is called as soon as the matter is known, in the order in which the server told it. */
export interface Handlers<G extends GameTypes> {
  /** The server has said welcome (back): `kind` is `resumed` or `fresh`. */
  welcome?(news: News<G>): void;
  /** Something happened: `kind` is `live`. */
  events?(news: News<G>): void;
  /** The game is another than was told, for an older one was put back: `kind` is `changed`. Nothing that was believed of it
   * holds any more, and no command that waited will be sent. */
  historyChanged?(news: News<G>): void;
  /** A command changed nothing, and never will. */
  refused?(refusal: Refusal<G>): void;
  /** What was sent and not answered is now this, in order. */
  pending?(commands: readonly Pending<G>[]): void;
  /** Those who played this game have another, with this join code: the latest there is. */
  rematch?(join_code: string): void;
  /** How the line to the game stands; `reason` is there with `closed` alone. */
  status?(status: Status, reason: ClosedReason | null): void;
  /** There will be no further try unless `retryNow` asks for one. */
  closed?(reason: ClosedReason): void;
}

/** Something the server told.
 *
 * `resumed`: welcome (back); the view is the present one, and what was missed follows as events, so an event may be older
 * than the view before it. `fresh`: welcome back after too long a gap; the view replaces all that was known, and the
 * log before it is not complete: its events are the latest there were. `changed`: the same, but the game is another than
 * was told, for an older one was put back: nothing that this page believed holds any more, its log and its orders
 * neither. `live`: events, and the view after them.
 */
export interface News<G extends GameTypes> {
  readonly kind: "live" | "resumed" | "fresh" | "changed";
  readonly seq: number;
  /** Only what this page did not have yet, skips left out. */
  readonly events: readonly G["event"][];
  /** What was told with it that has no number: each at most once on one line, not at all to who was not there. */
  readonly asides: readonly NonNullable<G["aside"]>[];
  readonly view: G["view"];
}

export interface Refusal<G extends GameTypes> {
  readonly command_id: string;
  readonly command: G["command"];
  readonly error: ErrorBody;
}

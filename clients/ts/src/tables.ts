/** What is said of a table of any `clew.Game`: the shapes are the same for all, but for what the game itself gives. */

import type { ChangeGame, GameStatus, GameTypes } from "./protocol.js";

/** A place at the table: "p1", "p2", … */
export type Seat = string;

export type PlayerStatus = "eliminated" | "playing" | "resigned" | "survived" | "waiting" | "won";

/** Why a game ended that nobody won: its people had left it. */
export type OverWhy = "untouched";

/** Why the clock was stopped. */
export type CreditWhy = "agreed" | "clock_step" | "moved" | "paused" | "restart" | "store_away";

/** Seats, and how long a round is. */
export type Bounds = readonly [least: number, greatest: number];

/** A game that the server has. `options` and `plan` are JSON schemas, as msgspec writes them; null for a game that says both
 * in shapes of its own, and has its own page. */
export interface Kind {
  kind: string;
  title: string;
  about: string;
  subprotocol: string;
  seats: Bounds;
  round_seconds: number;
  round_seconds_bounds: Bounds;
  bots: boolean;
  /** After how many rounds a bot plans for who is away, where nobody says otherwise. */
  away_after: number;
  options: unknown;
  plan: unknown;
}

export interface KindsAnswer {
  kinds: Kind[];
}

/** What is left out is the game's own usual. `kind` may be where the server has one game only. */
export interface CreateTable<Options = unknown> {
  kind?: string;
  seats?: number;
  bots?: number;
  round_seconds?: number;
  options?: Options;
  away_after?: number;
  seed?: number;
  /** Whether whoever looks for a game finds it; else those do who have its link. */
  public?: boolean;
}

/** What its host may have otherwise in the lobby; what is left out stays, each option too. */
export interface ChangeTable<Options = unknown> extends ChangeGame {
  options?: Options;
  away_after?: number;
}

/** A seat that is taken, as everyone may know it. `bot`: of which kind the bot is in it. */
export interface TablePlayer {
  player_id: Seat;
  display_name: string;
  player_status: PlayerStatus;
  is_bot: boolean;
  autopilot: boolean;
  bot: string | null;
}

/** A seat of a rematch that is empty, and kept for somebody who played before. */
export interface KeptSeat {
  player_id: Seat;
  display_name: string;
}

/** What everyone may know of a table; `you` is the asker's seat, or null. Times are RFC 3339. */
export interface TableInfo<Options = unknown> {
  game_id: string;
  kind: string;
  join_code: string;
  game_status: GameStatus;
  latest_round: number;
  round_ends_at: string | null;
  players: TablePlayer[];
  winner_ids: Seat[];
  over_why: OverWhy | null;
  round_seconds: number;
  options: Options;
  seats: number;
  bots: number;
  host_id: Seat;
  you: Seat | null;
  seed_chosen: boolean;
  kept: KeptSeat[];
  /** The seat that is kept for the asker. */
  invited: Seat | null;
  /** The join code of the game that those who played this one play next. */
  rematch: string | null;
  away_after: number;
  /** Whoever looks for a game finds it, as long as it is not over. */
  public: boolean;
  /** In lists only, as are the next two. */
  made_at: string | null;
  ended_at: string | null;
  /** The asker's, of a game that is over and reckoned. */
  place: number | null;
  /** Whom the round waits for, if it does not end by its time. */
  waiting_for: Seat[];
}

/** The same, as all who are shown the table see it. `has_plan` and `ready` are of this round, in the
 * lobby `ready` of the game that is to begin; what was planned is not said.
 * Servers before 0.3.0 say none of the three. */
export interface TablePlayerSeen extends TablePlayer {
  presence: "away" | "here";
  has_plan: boolean;
  ready: boolean;
}

/** What is told that has no number, and that who missed it finds in the view. */
export type Aside =
  | { type: "presence"; round: number; id: Seat; presence: "away" | "here" }
  | { type: "readiness"; round: number; id: Seat; ready: boolean }
  | { type: "said"; round: number; id: Seat; display_name: string; text: string; at: string }
  | { type: "signed"; round: number; id: Seat; sign: Sign };

/** All that can be said while a game is on. */
export type Sign = "good_luck" | "hello" | "hurry" | "sorry" | "thanks" | "well_met" | "well_played" | "wow";

/** The viewer's own seat. `plan`: null as long as none was accepted in this round. */
export interface You<Plan> {
  player_id: Seat;
  player_status: PlayerStatus;
  on_turn: boolean;
  autopilot: boolean;
  plan: Plan | null;
  ready: boolean;
}

/** All that a viewer may know. `game` is what the game's own `view` gives, once it has begun. */
export interface TableView<View = unknown, Plan = unknown, Options = unknown> {
  game_status: GameStatus;
  round: number;
  round_ends_at: string | null;
  round_ms: number | null;
  on_turn: Seat[];
  you: You<Plan> | null;
  players: TablePlayerSeen[];
  host_id: Seat;
  seats: number;
  winner_ids: Seat[];
  over_why: OverWhy | null;
  seed_chosen: boolean;
  viewer: "player" | "spectator";
  round_seconds: number;
  options: Options;
  /** Whom the round waits for, if it does not end by its time. */
  waiting_for: Seat[];
  game: View | null;
  kept: KeptSeat[];
  /** Null where no round is on. */
  agreements: Agreements | null;
  /** After how many rounds a bot plans for who is away; 0: after as many as for who is here. */
  away_after: number;
}

/** What those who play agree on. `missing`: who is here and has not said so. While the clock stands, the view's
 * `round_ends_at` is when the round ends at the latest. Servers before 0.3.0 say nothing of it. */
export interface Agreements {
  asked: { to: Agreement; by: Seat[]; missing: Seat[] }[];
  pause: { until: string; left_ms: number } | null;
  pauses_left: number;
}

/** What the table tells, without its numbers. */
type Told<Event, Plan> =
  | { type: "player_joined"; id: Seat; display_name: string; is_bot: boolean }
  | { type: "left"; id: Seat; display_name: string }
  | { type: "sent_away"; id: Seat; display_name: string }
  | { type: "host_passed"; id: Seat }
  | { type: "seat_changed"; seat: number; bot: string | null }
  | { type: "released"; id: Seat; display_name: string }
  | { type: "settings_changed" }
  | { type: "game_started" }
  | { type: "game_canceled" }
  | { type: "plan_accepted"; plan: Plan }
  | { type: "ready_accepted" }
  | { type: "resigned"; id: Seat }
  | { type: "happened"; event: Event }
  | { type: "round_started" }
  | { type: "clock_credited"; ms: number; why: CreditWhy }
  | { type: "agreed"; id: Seat; to: Agreement }
  | { type: "paused" }
  | { type: "went_on" }
  | { type: "autopilot_began"; id: Seat }
  | { type: "game_over"; winner_ids: Seat[]; why: OverWhy | null };

/** An event, as a viewer is told of it. Of plans and of being ready the player alone is told. */
export type TableTold<Event = unknown, Plan = unknown> = Told<Event, Plan> & { seq: number; round: number };

/** What a player may send. */
export type TableCommand<Plan = unknown> =
  { type: "plan"; round: number; plan: Plan } | ReadyCommand | { type: "resign" } | AgreeCommand | TalkCommand;

/** Done with a round; of round 0, in the lobby: that the game may begin for you, or with `ready: false` not yet. */
export interface ReadyCommand {
  type: "ready";
  round: number;
  ready?: boolean;
}

/** What those who play can agree to: that the clock stands still, or goes on, or a bot plans for who is away. */
export type Agreement = "pause" | "go_on" | `autopilot:${Seat}`;

/** Done as soon as all who play and are here have said it. */
export interface AgreeCommand {
  type: "agree";
  to: Agreement;
}

/** Told to all who look on and kept nowhere: `say` in the lobby and after the end, 200 characters; `sign` at any time. */
export type TalkCommand = { type: "say"; text: string } | { type: "sign"; sign: Sign };

/** A table's part of the socket's protocol: `connect<TableTypes<BidsView, BidsPlan, BidsEvent>>`. */
export interface TableTypes<View = unknown, Plan = unknown, Event = unknown> extends GameTypes {
  view: TableView<View, Plan>;
  event: TableTold<Event, Plan>;
  aside: Aside;
  command: TableCommand<Plan>;
}

/** The whole game, once it is over: every event in full, and the game's whole state as it began (round 0) and after rounds:
 * after each one, unless that were too much. */
export interface TableReplay<State = unknown> {
  initial: {
    game_id: string;
    kind: string;
    join_code: string;
    options: unknown;
    round_seconds: number;
    seed: number;
    members: { player_id: Seat; display_name: string; is_bot: boolean }[];
    started_at: string;
  };
  events: ReplayedEvent[];
  states: { seq: number; round: number; state: State }[];
}

/** An event in full: of each plan and each refusal it says whose it was. A bot's plan has no `command_id`. */
export type ReplayedEvent<Event = unknown, Plan = unknown> = { seq: number; round: number; at: string } & (
  | Exclude<Told<Event, Plan>, { type: "plan_accepted" | "ready_accepted" | "game_canceled" }>
  | { type: "game_created"; id: Seat; display_name: string }
  | { type: "plan_accepted"; id: Seat; plan: Plan; command_id: string | null }
  | { type: "ready_accepted"; id: Seat }
  | { type: "command_refused"; id: Seat; code: string }
);

/** A table's part of the requests and answers. */
export interface TableHttp {
  create: CreateTable;
  change: ChangeTable;
  info: TableInfo;
  replay: TableReplay;
}

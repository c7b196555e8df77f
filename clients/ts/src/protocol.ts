/** What is said on the socket of any game in rounds, and the place where a game's own types go in. */

/** A game's own part of the socket's protocol, as its schema has it. */
export interface GameTypes {
  /** All that a viewer may know now. */
  view: unknown;
  /** One event, as a viewer is told of it. */
  event: { readonly type: string; readonly seq: number };
  /** What is told that has no number, and that who missed it finds in the view. */
  aside?: { readonly type: string };
  /** What a player may send, without its `command_id`. Of waiting ones of the type `plan` the newest counts. */
  command: { readonly type: string };
}

/** The commands among a schema's client messages: those with a `command_id`, which is given to them here. */
export type CommandOf<Message> = Message extends { command_id: string } ? Omit<Message, "command_id"> : never;

/** The first message on a socket. Servers of releases before send no log, and those of 0.2.0 neither mark nor history. */
export interface Welcome<G extends GameTypes> {
  type: "welcome";
  seq: number;
  mark?: string;
  view: G["view"];
  server_time: string;
  resumed: boolean;
  history?: "changed" | "same" | "unknown";
  log?: G["event"][];
}

/** News, and all that the viewer may know after it. Without events the view alone has changed. Servers before 0.3.0 know
 * of no asides. */
export interface Events<G extends GameTypes> {
  type: "events";
  seq: number;
  mark?: string;
  events: G["event"][];
  view: G["view"];
  asides?: NonNullable<G["aside"]>[];
}

/** The same to who asked for changes: those fields of the view that are other than in the one told before on this socket,
 * each whole. Servers before 0.3.0 know of none and tell whole views. */
export interface ChangedView<G extends GameTypes> extends Omit<Events<G>, "type" | "view"> {
  type: "changes";
  changes: Partial<G["view"]>;
}

/** A promise: this command is on disk and will not be taken back. */
export interface AcceptedMessage {
  type: "accepted";
  command_id: string;
  seq: number;
}

/** This command changed nothing. */
export interface RefusedMessage {
  type: "refused";
  command_id: string;
  error: ErrorBody;
}

/** The answer to a ping. */
export interface Pong {
  type: "pong";
  nonce: string;
  server_time: string;
}

/** This server is going away; connect again after the delay. The game goes on. */
export interface Reconnect {
  type: "reconnect";
  after_ms: number;
}

/** Those who played this game have another, with this join code. It has no number, for it is no part of this game. */
export interface Rematch {
  type: "rematch";
  join_code: string;
}

/** A message could not be read, or this is why the socket closes. */
export interface ErrorMessage {
  type: "error";
  error: ErrorBody;
}

/** What went wrong: a code from a closed list and a sentence for a person. */
export interface ErrorBody {
  code: string;
  message: string;
  details: Record<string, unknown>;
}

/** The body of every HTTP answer that is not a success. */
export interface ErrorAnswer {
  error: ErrorBody;
}

/** All that a server says but what concerns the line alone: answers to pings, and changes, of which it makes views. */
export type Said<G extends GameTypes> =
  Welcome<G> | Events<G> | AcceptedMessage | RefusedMessage | Reconnect | Rematch | ErrorMessage;

export type ServerMessage<G extends GameTypes> = Said<G> | ChangedView<G> | Pong;

// --- over HTTP ----------------------------------------------------------------------------------------------------------

/** A game's own part of the requests and answers. */
export interface HttpTypes {
  /** What kind of game to make. */
  create: object;
  /** What everyone may know about a game. */
  info: unknown;
  /** What its host may have otherwise in the lobby. */
  change: ChangeGame;
  /** The whole game, once it is over. */
  replay: unknown;
}

export type GameStatus = "active" | "canceled" | "concluded" | "lobby" | "quarantined";

/** Who you are. `username` is null for a guest; servers before 0.3.0 don't say it. */
export interface Me {
  user_id: string;
  display_name: string;
  username?: string | null;
}

export type ResultOutcome = "drawn" | "lost" | "won";

/** What became of one person in a game. `fate` is a word of the game's own; the ratings are null where it did not count for one. */
export interface SeatOutcome {
  player_id: string;
  user_id: string;
  place: number;
  outcome: ResultOutcome;
  fate: string;
  rating_before: number | null;
  rating_after: number | null;
}

/** How a game ended for each person; `reckoned` is false for some seconds after the end. */
export interface GameResults {
  reckoned: boolean;
  seats: SeatOutcome[];
}

/** What somebody has done at one kind of game. `rating` is null until a game counted for it. */
export interface PersonAtGame {
  kind: string;
  played: number;
  won: number;
  drawn: number;
  rated: number;
  rating: number | null;
  places: { place: number; times: number }[];
  fates: { fate: string; times: number }[];
  with_you: { played: number; before: number; behind: number } | null;
}

/** One game of somebody's that is over. */
export interface PersonResult {
  kind: string;
  ended_at: string;
  seats: number;
  place: number;
  outcome: ResultOutcome;
  fate: string;
  rating_before: number | null;
  rating_after: number | null;
}

/** What everyone may know of somebody. */
export interface Person {
  user_id: string;
  display_name: string;
  games: PersonAtGame[];
  latest: PersonResult[];
}

/** A line of a month's board. */
export interface BoardLine {
  place: number;
  user_id: string;
  display_name: string;
  rating: number;
  rated: number;
  won: number;
}

/** Who is ahead in a month; `you` is null where you have no line. */
export interface Leaderboard {
  kind: string;
  month: string;
  rated_min: number;
  top: BoardLine[];
  you: BoardLine | null;
}

/** Who you are now, and the token that proves it. */
export interface NewGuest {
  user_id: string;
  display_name: string;
  token: string;
}

/** An account: 3 to 32 letters and digits, any 8 to 256 characters. What is left out stays a guest's, or is made of the user name. */
export interface OpenAccount {
  username: string;
  password: string;
  display_name?: string | null;
  email?: string | null;
}

/** Who you are now. The code sets a new password, once; it is told here and never again. */
export interface NewAccount extends NewGuest {
  username: string;
  recovery_code: string;
}

/** What a browser is asked for a new passkey: as WebAuthn has it, bytes in base64url (`parseCreationOptionsFromJSON`). */
export interface NewPasskeyOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { alg: number; type: "public-key" }[];
  timeout: number;
  excludeCredentials: { id: string; type: "public-key" }[];
  authenticatorSelection: { residentKey: "required"; requireResidentKey: boolean; userVerification: "required" };
  attestation: "none";
}

/** What a browser is asked for a passkey that it has: as WebAuthn has it (`parseRequestOptionsFromJSON`). */
export interface KnownPasskeyOptions {
  challenge: string;
  rpId: string;
  timeout: number;
  allowCredentials: { id: string; type: "public-key" }[];
  userVerification: "required";
}

/** What an authenticator said of a passkey it made, in base64url. */
export interface NewPasskey {
  id: string;
  client_data_json: string;
  attestation_object: string;
}

/** What an authenticator said to prove that it has a passkey, in base64url. */
export interface KnownPasskey {
  id: string;
  client_data_json: string;
  authenticator_data: string;
  signature: string;
  user_handle: string;
}

/** As `OpenAccount`, without a password: the recovery code sets one. */
export interface OpenAccountByPasskey {
  username: string;
  passkey: NewPasskey;
  /** What the passkey is called among yours; up to 40 characters. */
  passkey_name?: string;
  display_name?: string | null;
  email?: string | null;
}

/** One of the two proves that it is you. */
export interface Proof {
  current_password?: string | null;
  passkey?: KnownPasskey | null;
}

/** A passkey of yours. */
export interface MyPasskey {
  id: string;
  name: string;
  made_at: string;
  used_at: string | null;
}

/** All of yours, the oldest first. */
export interface MyPasskeys {
  passkeys: MyPasskey[];
  /** Whether you could do without them. */
  has_password: boolean;
}

/** What is to be another. Anything but `display_name` needs the `current_password`, or a `passkey`. */
export interface ChangeMe {
  display_name?: string | null;
  username?: string | null;
  password?: string | null;
  email?: string | null;
  current_password?: string | null;
  passkey?: KnownPasskey | null;
  new_recovery_code?: boolean;
}

/** Who you are now, and the new recovery code where one was asked for: told this once. */
export interface Changed extends Me {
  recovery_code: string | null;
}

/** A game you have a seat in. */
export interface ExportedGame {
  game_id: string;
  join_code: string;
  kind: string;
  game_status: GameStatus;
  player_id: string | null;
  player_status: string | null;
  made_at: string;
  changed_at: string;
}

/** What is kept of you, and a page of your games. */
export interface Exported {
  user_id: string;
  display_name: string;
  since: string;
  username: string | null;
  email: string | null;
  account_since: string | null;
  games: ExportedGame[];
  next_cursor: string | null;
}

/** A place where somebody is told that it is their turn; `to` is the host that the messages go to. */
export interface PushInfo {
  push_id: string;
  to: string;
  since: string;
  way: "browser" | "webhook";
}

/** An address of my own that is told by signed messages; `secret` is told this once, in hexadecimal. */
export interface NewWebhook {
  push_id: string;
  to: string;
  since: string;
  secret: string;
}

/** All of mine, and the key that a page subscribes with (`applicationServerKey`). */
export interface MyPushes {
  public_key: string;
  pushes: PushInfo[];
}

/** What is to sit in a seat: a bot of this kind. */
export interface SeatChange {
  bot: string;
}

/** What is not said stays as it is. `seats`: how many there are to be; or, by their numbers from 1, which of them a bot is to
 * have, null: nobody. `host_id`: the seat of who is to be host. */
export interface ChangeGame {
  seats?: number | Record<string, SeatChange | null>;
  bots?: number;
  round_seconds?: number;
  host_id?: string;
  public?: boolean;
}

/** The next game of those who played one, and your seat in it. */
export interface Rematched {
  join_code: string;
  player_id: string;
}

/** Your seat. */
export interface Joined {
  game_id: string;
  player_id: string;
}

/** The new game; you are its host and have a seat. */
export interface CreatedGame extends Joined {
  join_code: string;
}

/** Some of your games, newest first; `next_cursor` asks for the next page and is null on the last one. */
export interface GamesPage<Info> {
  games: Info[];
  next_cursor: string | null;
}

// Generated from the server's structs by `make wire`. Do not edit: change src/clew/wire or
// src/minotaur/play/wire*.py instead.

/** A promise: this command is on disk and will not be taken back. ``seq`` is what the player was told by then. */
export interface AcceptedMessage {
  type: "accepted";
  command_id: string;
  seq: number;
}

/** A passkey more, and what you call it. */
export interface AddPasskey {
  passkey: NewPasskey;
  name?: string;
}

/** Have the clock stand still, or go on, or a bot plan for somebody who is away, as soon as all others agree. */
export interface AgreeMessage {
  type: "agree";
  command_id: string;
  to: string;
}

/** Someone would have it so (``pause``, ``go_on``, ``autopilot:SEAT``), as soon as all who are here agree. */
export interface AgreedShown {
  type: "agreed";
  round: number;
  step: number;
  id: string;
  to: string;
  seq: number;
}

/** What somebody has asked for in this round: who agrees, and who of those who are here has not said so. */
export interface AgreementSeen {
  to: string;
  by: string[];
  missing: string[];
}

/** What those who play agree on. ``pauses_left``: so often yet may the game be paused. */
export interface AgreementsSeen {
  asked: AgreementSeen[];
  pause: PauseSeen | null;
  pauses_left: number;
}

/** One of the two proves that it is you: whoever found your device unlocked can't make themselves a way in. */
export interface AskMorePasskeys {
  current_password?: string | null;
  passkey?: KnownPasskey | null;
}

/** The user name of an account that is to be opened with a passkey. */
export interface AskNewAccount {
  username: string;
}

/** Strike a hero or the Minotaur, wherever it may be by then; costs 1 AP. */
export interface AttackStep {
  type: "attack";
  target_id: string;
}

/** The others agreed: a bot plans for this player, who is away. */
export interface AutopilotBeganShown {
  type: "autopilot_began";
  round: number;
  step: number;
  id: string;
  seq: number;
}

export type BotKind = "hunter" | "strategist" | "wanderer";

/** What the game is to be. What is not said stays as it is. ``seats``: how many there are to be; or, by their numbers from 1, which of them a bot is to have, null: nobody. ``host_id``: the seat of who is to be host. ``settings`` override single numbers of the rules; with another ``preset`` all others are that preset's. ``public``: whether whoever looks for a game finds it. */
export interface ChangeGame {
  seats?: number | Record<string, SeatChange | null>;
  bots?: number;
  round_seconds?: number;
  host_id?: string;
  public?: boolean;
  bot?: BotKind;
  preset?: PresetName;
  settings?: Record<string, unknown>;
}

/** What is to be another from now on; what is left out stays. An empty ``email`` takes it away. Anything but ``display_name`` needs the ``current_password``, or a ``passkey`` (`POST /passkeys/options`). */
export interface ChangeMe {
  display_name?: string | null;
  username?: string | null;
  password?: string | null;
  email?: string | null;
  current_password?: string | null;
  passkey?: KnownPasskey | null;
  new_recovery_code?: boolean;
}

/** Who you are now, and the new recovery code where one was asked for: shown this once. */
export interface Changed {
  user_id: string;
  display_name: string;
  username: string | null;
  recovery_code: string | null;
}

/** ``events`` for a socket opened with ``changes=1``: instead of the view those of its fields that are other than in the one told before on this socket, each whole. A socket's first view is in its ``welcome``. */
export interface ChangedView {
  type: "changes";
  seq: number;
  mark: string;
  events: ShownEvent[];
  changes: Record<string, unknown>;
  asides: (PresenceTold | ReadinessTold | SaidTold | SignedTold)[];
}

/** Somebody in sight. The Minotaur's id is ``minotaur``. */
export interface Character {
  id: string;
  kind: CharacterKind;
  q: number;
  r: number;
  health: number;
}

export type CharacterKind = "hero" | "minotaur";

export type ClientMessage = PlanMessage | ReadyMessage | ResignMessage | AgreeMessage | SayMessage | SignMessage | PingMessage;

/** Nobody could be heard for a while, so the round ends that much later; a clock set back makes ``ms`` negative. */
export interface ClockCreditedShown {
  type: "clock_credited";
  round: number;
  step: number;
  ms: number;
  why: "agreed" | "clock_step" | "moved" | "paused" | "restart" | "store_away";
  seq: number;
}

/** The cracked ring fell into the chasm. */
export interface CollapsedShown {
  type: "collapsed";
  round: number;
  step: number;
  seq: number;
}

/** What kind of game to make. ``settings`` overrides single numbers of the preset's rules. */
export interface CreateGame {
  kind?: "minotaur";
  seats?: number;
  bots?: number;
  bot?: BotKind;
  round_seconds?: number;
  preset?: PresetName;
  settings?: Record<string, unknown>;
  seed?: number | null;
  public?: boolean;
}

/** Come in with nothing but a name. */
export interface CreateGuest {
  display_name: string;
}

/** The new game; you are its host and have a seat. */
export interface CreatedGame {
  game_id: string;
  join_code: string;
  player_id: string;
}

/** Go for good. ``password`` is an account's, or a ``passkey`` (`POST /passkeys/options`); a guest has none. */
export interface DeleteMe {
  password?: string | null;
  passkey?: KnownPasskey | null;
}

export type Direction = "E" | "NE" | "NW" | "SE" | "SW" | "W";

/** The lair itself takes health from every living hero, now that nothing else is left. */
export interface DrainedShown {
  type: "drained";
  round: number;
  step: number;
  damage: number;
  seq: number;
}

/** The body of every HTTP answer that is not a success. */
export interface ErrorAnswer {
  error: ErrorBody;
}

/** What went wrong: a code from the closed list of ``play/errors.py`` and a sentence for a person. */
export interface ErrorBody {
  code: string;
  message: string;
  details: Record<string, unknown>;
}

/** A message could not be read. It had no effect. */
export interface ErrorMessage {
  type: "error";
  error: ErrorBody;
}

/** News, and all the viewer may know after it. ``seq`` is the number of its last event, ``mark`` that of the history up to it. Without events the view alone has changed. ``asides`` is what was told that has no number. */
export interface Events {
  type: "events";
  seq: number;
  mark: string;
  events: ShownEvent[];
  view: View;
  asides: (PresenceTold | ReadinessTold | SaidTold | SignedTold)[];
}

/** What is kept of you: all but the hashes of your password, recovery code and tokens, and the keys of your browsers. A page of your games, newest first; ``next_cursor`` asks for the next one and is null on the last. */
export interface Exported {
  user_id: string;
  display_name: string;
  since: string;
  username: string | null;
  email: string | null;
  account_since: string | null;
  games: ExportedGame[];
  next_cursor: string | null;
  ratings: ExportedRating[];
  pushes: ExportedPush[];
  passkeys: MyPasskey[];
}

/** A game you have a seat in. ``result`` is null while there is none. */
export interface ExportedGame {
  game_id: string;
  join_code: string;
  kind: string;
  game_status: string;
  player_id: string | null;
  player_status: string | null;
  made_at: string;
  changed_at: string;
  result: PersonResult | null;
}

/** A place where you are told that it is your turn. */
export interface ExportedPush {
  endpoint: string;
  since: string;
}

/** What you did at one kind of game, and what you are rated: how strong you are believed to be (``mu``), how surely (``sigma``), and the ``rating`` that is shown. */
export interface ExportedRating {
  kind: string;
  played: number;
  won: number;
  drawn: number;
  rated: number;
  mu: number;
  sigma: number;
  rating: number;
}

/** The host called the game off before it began. */
export interface GameCanceledShown {
  type: "game_canceled";
  round: number;
  step: number;
  seq: number;
}

/** What everyone may know about a game. ``you`` is the asker's player id, null if they have no seat. ``seed_chosen``: the host chose the seed, and may know the board. Which it is nobody is told before the end. ``over_why``: why the game ended that nobody won, if not by what happened in it. ``bot``: of which kind bots are that take empty seats. ``kept``: seats of a rematch that are kept for who played before, ``invited`` the one that is for the asker. ``rematch``: the join code of the game that those who played this one play next. ``public``: whoever looks for a game finds it, as long as it is not over. ``made_at`` and ``ended_at`` are told in lists only, and so is ``place``, the asker's at the end. ``waiting_for``: whom the round waits for, if it does not end by its time. */
export interface GameInfo {
  kind: "minotaur";
  game_id: string;
  join_code: string;
  game_status: GameStatus;
  latest_round: number;
  round_ends_at: string | null;
  players: PlayerInfo[];
  winner_id: string | null;
  settings: Record<string, unknown>;
  preset: PresetName;
  seats: number;
  bots: number;
  host_id: string;
  you: string | null;
  seed_chosen: boolean;
  over_why: "untouched" | null;
  bot: BotKind;
  kept: KeptSeat[];
  invited: string | null;
  rematch: string | null;
  public: boolean;
  made_at: string | null;
  ended_at: string | null;
  place: number | null;
  waiting_for: string[];
}

/** The end; ``winner_id`` is null for a draw. ``why`` is ``untouched`` where no person had played for long. */
export interface GameOverShown {
  type: "game_over";
  round: number;
  step: number;
  winner_id: string | null;
  why: "untouched" | null;
  seq: number;
}

/** The lobby is closed; round 1 is next. */
export interface GameStartedShown {
  type: "game_started";
  round: number;
  step: number;
  seq: number;
}

export type GameStatus = "active" | "canceled" | "concluded" | "lobby" | "quarantined";

/** Some of your games, newest first; ``next_cursor`` asks for the next page and is null on the last one. */
export interface GamesPage {
  games: GameInfo[];
  next_cursor: string | null;
}

/** Someone else is host now. */
export interface HostPassedShown {
  type: "host_passed";
  round: number;
  step: number;
  id: string;
  seq: number;
}

/** Your seat. */
export interface Joined {
  game_id: string;
  player_id: string;
}

/** A seat that is empty and kept for somebody who played the game before. */
export interface KeptSeat {
  player_id: string;
  display_name: string;
}

/** A hero died; ``by`` lists the killers' ids, or is ``["collapse"]`` or ``["lair"]``. */
export interface KilledShown {
  type: "killed";
  round: number;
  step: number;
  id: string;
  by: string[];
  seq: number;
}

/** What an authenticator said to prove that it has a passkey: an ``AuthenticatorAssertionResponse``. */
export interface KnownPasskey {
  id: string;
  client_data_json: string;
  authenticator_data: string;
  signature: string;
  user_handle: string;
}

/** For ``navigator.credentials.get``. No passkey is named: the browser shows those it has. */
export interface KnownPasskeyOptions {
  challenge: string;
  rpId: string;
  timeout: number;
  allowCredentials: PasskeyNamed[];
  userVerification: string;
}

/** Someone gave up their seat in the lobby. */
export interface LeftShown {
  type: "left";
  round: number;
  step: number;
  id: string;
  display_name: string;
  seq: number;
}

/** Come in with an account. */
export interface LogIn {
  username: string;
  password: string;
}

/** Come in with a passkey, which says whose it is. */
export interface LogInByPasskey {
  passkey: KnownPasskey;
}

/** Who you are. ``username`` is null for a guest. */
export interface Me {
  user_id: string;
  display_name: string;
  username: string | null;
}

/** The Minotaur is dead; ``by`` lists who struck the last blows. */
export interface MinotaurSlainShown {
  type: "minotaur_slain";
  round: number;
  step: number;
  by: string[];
  seq: number;
}

/** Go one hex; costs 1 AP. ``decide`` refuses a vector that is none of the six directions. */
export interface MoveStep {
  type: "move";
  vector: WireVector;
}

/** A passkey of yours. ``used_at`` is null where it was never used. */
export interface MyPasskey {
  id: string;
  name: string;
  made_at: string;
  used_at: string | null;
}

/** All of yours, the oldest first. ``has_password``: whether you could do without them. */
export interface MyPasskeys {
  passkeys: MyPasskey[];
  has_password: boolean;
}

/** Who you are now, and the token that proves it. ``recovery_code`` sets a new password, once. It is shown here and never again: write it down. */
export interface NewAccount {
  user_id: string;
  display_name: string;
  token: string;
  username: string;
  recovery_code: string;
}

/** Who you are now, and the token that proves it. */
export interface NewGuest {
  user_id: string;
  display_name: string;
  token: string;
}

/** What an authenticator said of a passkey it made: an ``AuthenticatorAttestationResponse``. */
export interface NewPasskey {
  id: string;
  client_data_json: string;
  attestation_object: string;
}

/** For ``navigator.credentials.create``. */
export interface NewPasskeyOptions {
  challenge: string;
  rp: PasskeyParty;
  user: PasskeyUser;
  pubKeyCredParams: PasskeyAlgorithm[];
  timeout: number;
  excludeCredentials: PasskeyNamed[];
  authenticatorSelection: PasskeyKind;
  attestation: string;
}

/** Fighting, somewhere in this direction. */
export interface NoiseShown {
  type: "noise";
  round: number;
  step: number;
  direction: Direction;
  seq: number;
}

/** An account: 3 to 32 letters and digits, any 8 to 256 characters. ``email`` is kept and never written to. ``display_name`` is how you are called at tables: left out, a guest's stays, and else it is the user name. */
export interface OpenAccount {
  username: string;
  password: string;
  display_name?: string | null;
  email?: string | null;
}

/** An account with a passkey and without a password, as ``OpenAccount`` else. */
export interface OpenAccountByPasskey {
  username: string;
  passkey: NewPasskey;
  passkey_name?: string;
  display_name?: string | null;
  email?: string | null;
}

/** A COSE algorithm. */
export interface PasskeyAlgorithm {
  alg: number;
  type: string;
}

/** Found without a user name, and used by nobody but whom the device knows. */
export interface PasskeyKind {
  residentKey: string;
  requireResidentKey: boolean;
  userVerification: string;
}

/** A passkey there is. */
export interface PasskeyNamed {
  id: string;
  type: string;
}

/** For whom a passkey is. */
export interface PasskeyParty {
  id: string;
  name: string;
}

/** Whose it is. */
export interface PasskeyUser {
  id: string;
  name: string;
  displayName: string;
}

/** The clock stands: at most until then, and then the round has ``left_ms``. */
export interface PauseSeen {
  until: string;
  left_ms: number;
}

/** All agreed: the clock stands. */
export interface PausedShown {
  type: "paused";
  round: number;
  step: number;
  seq: number;
}

/** An attack by someone in your hex. ``damage`` is 0 for a miss, and ``missed`` says why. */
export interface PcAttackedShown {
  type: "pc_attacked";
  round: number;
  step: number;
  id: string;
  target_id: string;
  hit: boolean;
  damage: number;
  missed: "fell" | "moved_on" | null;
  seq: number;
}

/** You walked against rock, a chasm or the outside. */
export interface PcBumpedShown {
  type: "pc_bumped";
  round: number;
  step: number;
  id: string;
  vector: WireVector;
  seq: number;
}

/** Somebody, perhaps you, came into the hex where you now are. */
export interface PcEnteredHexShown {
  type: "pc_entered_hex";
  round: number;
  step: number;
  id: string;
  from_vector: WireVector;
  seq: number;
}

/** Somebody who was with you in your hex went away. */
export interface PcLeftHexShown {
  type: "pc_left_hex";
  round: number;
  step: number;
  id: string;
  to_vector: WireVector;
  seq: number;
}

/** One game of theirs that is over. The ratings are null where it did not count for one, and ``rating_before`` also where it was the first. */
export interface PersonResult {
  kind: string;
  ended_at: string;
  seats: number;
  place: number;
  outcome: "drawn" | "lost" | "won";
  fate: string;
  rating_before: number | null;
  rating_after: number | null;
}

/** Ask whether the server is there, and what time it has. */
export interface PingMessage {
  type: "ping";
  nonce: string;
}

/** Your plan was taken; nobody else is told. */
export interface PlanAcceptedShown {
  type: "plan_accepted";
  round: number;
  step: number;
  steps: PlanStep[];
  seq: number;
}

/** Register a plan for a round; the last accepted one counts. */
export interface PlanMessage {
  type: "plan";
  command_id: string;
  round: number;
  steps: PlanStep[];
}

export type PlanStep = MoveStep | AttackStep | WaitStep;

/** One seat that is taken, as everyone may know it. ``bot``: of which kind the bot is in it; null: none. */
export interface PlayerInfo {
  player_id: string;
  display_name: string;
  player_status: PlayerStatus;
  is_bot: boolean;
  autopilot: boolean;
  bot: string | null;
}

/** Someone took a seat in the lobby. */
export interface PlayerJoinedShown {
  type: "player_joined";
  round: number;
  step: number;
  id: string;
  display_name: string;
  seq: number;
}

/** One such seat as all who are shown the game see it. What was planned is not said. ``presence`` is of people, bots are always here. ``has_plan``: there is a plan of theirs for this round, be it the one of who is ready without any. ``ready``: they are done with it. A bot's plan is made at its end. */
export interface PlayerSeen {
  player_id: string;
  display_name: string;
  player_status: PlayerStatus;
  is_bot: boolean;
  autopilot: boolean;
  bot: string | null;
  presence: "away" | "here";
  has_plan: boolean;
  ready: boolean;
}

export type PlayerStatus = "eliminated" | "playing" | "resigned" | "survived" | "waiting" | "won";

/** The answer to a ping. */
export interface Pong {
  type: "pong";
  nonce: string;
  server_time: string;
}

/** Somebody with a seat has come, or has been gone for some seconds. */
export interface PresenceTold {
  type: "presence";
  round: number;
  id: string;
  presence: "away" | "here";
}

export type PresetName = "classic" | "labyrinth";

/** Somebody said that they are done with the round, or took it back. A round begins with nobody ready. Of round 0, the lobby: that the game may begin for them. */
export interface ReadinessTold {
  type: "readiness";
  round: number;
  id: string;
  ready: boolean;
}

/** You are done with this round; nobody else is told. */
export interface ReadyAcceptedShown {
  type: "ready_accepted";
  round: number;
  step: number;
  seq: number;
}

/** Say that you are done with a round; of round 0, in the lobby, that the game may begin for you. Only that can be taken back by ``ready``: of any other round it is by another plan. */
export interface ReadyMessage {
  type: "ready";
  command_id: string;
  round: number;
  ready: boolean;
}

/** This server is going away; connect again after the delay. The game goes on. */
export interface Reconnect {
  type: "reconnect";
  after_ms: number;
}

/** Come in with the code that was shown when the account was opened, or recovered last, and choose a password. */
export interface Recover {
  username: string;
  recovery_code: string;
  password: string;
}

/** This command changed nothing. With the code ``busy`` the same command may be sent again. */
export interface RefusedMessage {
  type: "refused";
  command_id: string;
  error: ErrorBody;
}

/** A seat is kept no more for who is named. */
export interface ReleasedShown {
  type: "released";
  round: number;
  step: number;
  id: string;
  display_name: string;
  seq: number;
}

/** Those who played this game have another: the latest there is. Sent after its end, and behind the welcome of who comes later. It has no number, for it is no part of this game. */
export interface Rematch {
  type: "rematch";
  join_code: string;
}

/** The whole game, from its lobby to its end: each number once, in order; none of what changed nothing. */
export interface Replay {
  initial: ReplayInitial;
  events: ReplayEvent[];
}

/** A player would have it so: ``pause``, ``go_on``, ``autopilot:SEAT``. */
export interface ReplayAgreed {
  type: "agreed";
  id: string;
  to: string;
  command_id: string | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The others had agreed that a bot plan for this player, who was away. */
export interface ReplayAutopilotBegan {
  type: "autopilot_began";
  id: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Nobody could be heard for a while; negative where a clock was set back. */
export interface ReplayClockCredited {
  type: "clock_credited";
  ms: number;
  why: "agreed" | "clock_step" | "moved" | "paused" | "restart" | "store_away";
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A ring fell. ``minotaur_leaps``: the Minotaur stood on it, and is in its lair now. */
export interface ReplayCollapsed {
  type: "collapsed";
  ring: number;
  minotaur_leaps: boolean;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A player's command changed nothing; ``code`` says why. */
export interface ReplayCommandRefused {
  type: "command_refused";
  id: string;
  command_id: string;
  code: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Every living hero lost health at the round's end. */
export interface ReplayDrained {
  type: "drained";
  damage: number;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

export type ReplayEvent = ReplayGameCreated | ReplayPlayerJoined | ReplayLeft | ReplaySentAway | ReplayHostPassed | ReplaySeatChanged | ReplayReleased | ReplaySettingsChanged | ReplayGameStarted | ReplayCommandRefused | ReplayRoundStarted | ReplayPlanAccepted | ReplayReadyAccepted | ReplayPcLeftHex | ReplayPcEnteredHex | ReplayPcAttacked | ReplayPcBumped | ReplayNoise | ReplayKilled | ReplayResigned | ReplayMinotaurSlain | ReplayTremor | ReplayCollapsed | ReplayDrained | ReplayClockCredited | ReplayAgreed | ReplayPaused | ReplayWentOn | ReplayAutopilotBegan | ReplayGameOver;

/** Somebody, the host, made the game. */
export interface ReplayGameCreated {
  type: "game_created";
  id: string;
  display_name: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The end; null for a draw. ``why`` is ``untouched`` where no person had played for long. */
export interface ReplayGameOver {
  type: "game_over";
  winner_id: string | null;
  why: "untouched" | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The lobby is closed; ``initial`` is the board of this moment, and round 1 begins. */
export interface ReplayGameStarted {
  type: "game_started";
  round_ends_at: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A hero at the start. */
export interface ReplayHero {
  id: string;
  q: number;
  r: number;
  health: number;
  ap: number;
}

/** One hex of the board at the start. ``ring`` is its distance from the lair. */
export interface ReplayHex {
  q: number;
  r: number;
  terrain: Terrain;
  ring: number;
}

/** Somebody else was host from here on. */
export interface ReplayHostPassed {
  type: "host_passed";
  id: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The game as it was before its first round; with the events it is the whole game. */
export interface ReplayInitial {
  game_id: string;
  join_code: string;
  preset: PresetName;
  settings: Record<string, unknown>;
  seed: number;
  bot: BotKind;
  members: ReplayMember[];
  lair: WireVector;
  hexes: ReplayHex[];
  heroes: ReplayHero[];
  minotaur: ReplayMinotaur | null;
  started_at: string;
  notation: string;
}

/** A hero died. */
export interface ReplayKilled {
  type: "killed";
  id: string;
  by: string[];
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Somebody gave up their seat in the lobby. */
export interface ReplayLeft {
  type: "left";
  id: string;
  display_name: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Who sat where. */
export interface ReplayMember {
  player_id: string;
  display_name: string;
  is_bot: boolean;
}

/** The Minotaur at the start. */
export interface ReplayMinotaur {
  q: number;
  r: number;
  health: number;
}

/** The Minotaur died; those in ``healed`` have full health again. */
export interface ReplayMinotaurSlain {
  type: "minotaur_slain";
  by: string[];
  healed: string[];
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Fighting in a hex, for those who could hear it. */
export interface ReplayNoise {
  type: "noise";
  hex: WireVector;
  heard_by: string[];
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** All who were there had agreed: the round's clock stood. */
export interface ReplayPaused {
  type: "paused";
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** An attack. ``damage`` is 0 for a miss, and ``missed`` says why, where that was written down. */
export interface ReplayPcAttacked {
  type: "pc_attacked";
  id: string;
  target_id: string;
  hex: WireVector;
  hit: boolean;
  damage: number;
  missed: "fell" | "moved_on" | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A hero walked against something. */
export interface ReplayPcBumped {
  type: "pc_bumped";
  id: string;
  hex: WireVector;
  vector: WireVector;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Somebody came into a hex; ``hex`` is the one entered. */
export interface ReplayPcEnteredHex {
  type: "pc_entered_hex";
  id: string;
  hex: WireVector;
  from_vector: WireVector;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Somebody went out of a hex; ``hex`` is the one left. */
export interface ReplayPcLeftHex {
  type: "pc_left_hex";
  id: string;
  hex: WireVector;
  to_vector: WireVector;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A plan was taken. ``command_id`` is null for plans made by a bot or an autopilot. */
export interface ReplayPlanAccepted {
  type: "plan_accepted";
  id: string;
  steps: PlanStep[];
  command_id: string | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Somebody took a seat in the lobby. */
export interface ReplayPlayerJoined {
  type: "player_joined";
  id: string;
  display_name: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A player was done with the round. */
export interface ReplayReadyAccepted {
  type: "ready_accepted";
  id: string;
  command_id: string | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A seat was kept no more for somebody who played before. */
export interface ReplayReleased {
  type: "released";
  id: string;
  display_name: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A hero gave up. */
export interface ReplayResigned {
  type: "resigned";
  id: string;
  command_id: string | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A round began; ``autopilot`` lists the seats a bot plans for. */
export interface ReplayRoundStarted {
  type: "round_started";
  round_ends_at: string;
  autopilot: string[];
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A bot of this kind took a seat in the lobby; null: it was empty again. */
export interface ReplaySeatChanged {
  type: "seat_changed";
  seat: number;
  bot: string | null;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The host sent somebody away from the lobby. */
export interface ReplaySentAway {
  type: "sent_away";
  id: string;
  display_name: string;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The host changed the rules; ``initial`` has what they came to. */
export interface ReplaySettingsChanged {
  type: "settings_changed";
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** A ring cracks. */
export interface ReplayTremor {
  type: "tremor";
  ring: number;
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** The clock went on. */
export interface ReplayWentOn {
  type: "went_on";
  seq: number;
  at: string;
  round: number;
  step: number;
  notation: string;
}

/** Give up. */
export interface ResignMessage {
  type: "resign";
  command_id: string;
}

/** A hero gave up. */
export interface ResignedShown {
  type: "resigned";
  round: number;
  step: number;
  id: string;
  seq: number;
}

/** A round began; ``round_ends_at`` of the view says until when plans are taken. */
export interface RoundStartedShown {
  type: "round_started";
  round: number;
  step: number;
  seq: number;
}

/** Somebody said something, before the game or after it. Who comes is told the latest; ``id`` and ``at`` name it. ``display_name``: what they were called who said it, for another may have their seat by now. */
export interface SaidTold {
  type: "said";
  round: number;
  id: string;
  display_name: string;
  text: string;
  at: string;
}

/** Say something to all who look on, before the game or after it. It is not kept. */
export interface SayMessage {
  type: "say";
  command_id: string;
  text: string;
}

/** What is to sit in a seat: a bot of this kind. */
export interface SeatChange {
  bot: string;
}

/** A bot of this kind took a seat in the lobby; null: it is empty again. */
export interface SeatChangedShown {
  type: "seat_changed";
  round: number;
  step: number;
  seat: number;
  bot: string | null;
  seq: number;
}

/** The host sent someone away from the lobby. */
export interface SentAwayShown {
  type: "sent_away";
  round: number;
  step: number;
  id: string;
  display_name: string;
  seq: number;
}

export type ServerMessage = Welcome | Events | ChangedView | AcceptedMessage | RefusedMessage | Pong | Reconnect | Rematch | ErrorMessage;

/** The host changed the rules of the game; the listing has them. */
export interface SettingsChangedShown {
  type: "settings_changed";
  round: number;
  step: number;
  seq: number;
}

export type ShownEvent = Skip | PlayerJoinedShown | GameStartedShown | GameCanceledShown | LeftShown | SentAwayShown | HostPassedShown | SeatChangedShown | ReleasedShown | SettingsChangedShown | RoundStartedShown | PlanAcceptedShown | ReadyAcceptedShown | PcLeftHexShown | PcEnteredHexShown | PcAttackedShown | PcBumpedShown | NoiseShown | KilledShown | ResignedShown | MinotaurSlainShown | TremorShown | CollapsedShown | DrainedShown | ClockCreditedShown | AgreedShown | PausedShown | WentOnShown | AutopilotBeganShown | GameOverShown;

/** Give all who look on a sign, at any time. It is not kept. */
export interface SignMessage {
  type: "sign";
  command_id: string;
  sign: "good_luck" | "hello" | "hurry" | "sorry" | "thanks" | "well_met" | "well_played" | "wow";
}

/** Somebody gave a sign. */
export interface SignedTold {
  type: "signed";
  round: number;
  id: string;
  sign: "good_luck" | "hello" | "hurry" | "sorry" | "thanks" | "well_met" | "well_played" | "wow";
}

/** A number whose event this viewer may not know. Only of games that a release began which numbered all alike, and only until the end of the round that was on then. */
export interface Skip {
  type: "skip";
  seq: number;
}

export type Terrain = "chasm" | "floor" | "rock";

/** The outermost ring cracks: it collapses at the end of the next round. */
export interface TremorShown {
  type: "tremor";
  round: number;
  step: number;
  seq: number;
}

/** All that one viewer may know now. Places are relative to the viewer's hero, for a spectator to the lair. ``shown_round`` is the round whose board ``hexes`` and ``characters`` show: the present one for a player, an earlier one in the delayed gallery, null where no board is shown. ``round_ms``: how long the round is that is on, without the time for which the clock was stopped. ``seed_chosen``: the host chose the seed, and may know the board. ``over_why``: why the game ended that nobody won, if not by what happened in it. ``waiting_for``: the seats of those for whom the round waits, if it does not end by its time. ``kept``: empty seats of a rematch that are kept for who played before. ``agreements``: what those who play agree on; null where no round is on. While the clock stands by agreement, ``round_ends_at`` is when the round ends at the latest. */
export interface View {
  game_status: GameStatus;
  round: number;
  round_ends_at: string | null;
  you: You | null;
  hexes: ViewHex[];
  characters: Character[];
  players: PlayerSeen[];
  winner_id: string | null;
  viewer: ViewerKind;
  host_id: string;
  seats: number;
  shown_round: number | null;
  round_ms: number | null;
  waiting_for: string[];
  seed_chosen: boolean;
  over_why: "untouched" | null;
  kept: KeptSeat[];
  agreements: AgreementsSeen | null;
}

/** A hex the viewer sees or remembers, relative to their hero; ``cracked`` is told in sight only. */
export interface ViewHex {
  q: number;
  r: number;
  terrain: Terrain;
  cracked: boolean;
  in_sight: boolean;
}

export type ViewerKind = "player" | "spectator";

/** Let the step pass; costs nothing. */
export interface WaitStep {
  type: "wait";
}

/** The first message; the view is of now. ``seq`` is where the numbers of the next ``events`` message go on from: the viewer's last for a newcomer; after a resume it is the client's own ``after``, and what it missed follows. ``mark`` names the history up to it. ``history``: whether what the client said it has is of this history. ``changed``: it is not, the operator has brought an older database back, and all the client believed is void. ``log``: the latest of what this viewer was, or would have been, shown before, oldest first; empty after a resume. */
export interface Welcome {
  type: "welcome";
  seq: number;
  mark: string;
  view: View;
  server_time: string;
  resumed: boolean;
  history: "changed" | "same" | "unknown";
  log: ShownEvent[];
}

/** The clock goes on. */
export interface WentOnShown {
  type: "went_on";
  round: number;
  step: number;
  seq: number;
}

/** A vector as players' programs read and write it: an object with q and r. */
export interface WireVector {
  q: number;
  r: number;
}

/** The viewer's own hero. ``plan`` is the last accepted one of this round, empty if there is none. */
export interface You {
  player_id: string;
  health: number;
  ap: number;
  player_status: PlayerStatus;
  autopilot: boolean;
  plan: PlanStep[];
  ready: boolean;
}

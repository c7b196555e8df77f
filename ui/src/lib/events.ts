/** What each event is about, for those who tell, draw or replay them: a new one has to be put in its place here, and is then
 * missed by name (`assertNever`) wherever its kind is handled. */

import type { ReplayEvent, ShownEvent } from "./wire";

type Type = ShownEvent["type"] | ReplayEvent["type"];

const KINDS = {
  skip: "nothing",
  game_created: "lobby",
  player_joined: "lobby",
  left: "lobby",
  sent_away: "lobby",
  host_passed: "lobby",
  seat_changed: "lobby",
  released: "lobby",
  settings_changed: "lobby",
  game_started: "lobby",
  game_canceled: "lobby",
  command_refused: "order",
  plan_accepted: "order",
  ready_accepted: "order",
  round_started: "time",
  clock_credited: "time",
  agreed: "time",
  paused: "time",
  went_on: "time",
  autopilot_began: "time",
  game_over: "end",
  pc_entered_hex: "way",
  pc_left_hex: "way",
  pc_bumped: "bump",
  pc_attacked: "blow",
  noise: "noise",
  killed: "fall",
  resigned: "fall",
  minotaur_slain: "fall",
  tremor: "lair",
  collapsed: "lair",
  drained: "lair",
} as const satisfies Record<Type, string>;

export type EventKind = (typeof KINDS)[Type];

type TypesOf<Kind extends EventKind> = { [T in Type]: (typeof KINDS)[T] extends Kind ? T : never }[Type];

/** The events of one kind. */
export type EventOf<Event extends { type: Type }, Kind extends EventKind> = Extract<Event, { type: TypesOf<Kind> }>;

export function isOf<Event extends { type: Type }, Kind extends EventKind>(
  event: Event,
  kind: Kind,
): event is EventOf<Event, Kind> {
  return KINDS[event.type] === kind;
}

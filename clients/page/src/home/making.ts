/** A new table, as its maker wants it: what is usual, until they say otherwise. */

import type { ChangeTable, CreateTable, Kind, TableInfo } from "@clew/client";
import { spanWords } from "$parts/durations";
import { isObject, isSame, type Json, type JsonObject } from "../json";

export interface Wanted {
  readonly seats: number;
  /** How many of the empty seats bots may take. */
  readonly bots: number;
  readonly round_seconds: number;
  /** After how many rounds a bot plans for who is away; 0: being away makes no difference. */
  readonly away_after: number;
}

/** The rounds that are offered, beside the game's own length. */
const ROUNDS_S = [10, 20, 30, 60, 120, 300, 600, 3_600, 21_600, 86_400];
/** The patience with who is away that is offered, beside the game's own. */
const AWAY_AFTER = [0, 1, 2, 3, 5, 10];

/** As few seats as the game needs, but one for a friend, which a bot takes if it may: then the game can begin at once. */
export function usual(kind: Kind): Wanted {
  const [least, most] = kind.seats;
  const seats = Math.min(most, Math.max(2, least));
  const { round_seconds, away_after } = kind;
  return { seats, bots: kind.bots ? Math.max(0, seats - 1) : 0, round_seconds, away_after };
}

/** More seats or fewer; bots may fill as many of them as they could before. */
export function withSeats(wanted: Wanted, seats: number): Wanted {
  const all = wanted.bots === wanted.seats - 1 && wanted.bots > 0;
  return { ...wanted, seats, bots: all ? seats - 1 : Math.min(wanted.bots, seats - 1) };
}

/** How long a round may be, shortest first: seconds and words. What it is `now` is among them. */
export function rounds(kind: Kind, now: number): { seconds: number; words: string }[] {
  const [least, most] = kind.round_seconds_bounds;
  const offered = ROUNDS_S.filter((seconds) => seconds >= least && seconds <= most);
  const lengths = new Set([...offered, kind.round_seconds, now]);
  return [...lengths].sort((one, other) => one - other).map((seconds) => ({ seconds, words: spanWords(seconds) }));
}

/** After how many rounds a bot may plan for who is away, fewest first. What it is `now` is among them. */
export function patience(kind: Kind, now: number): number[] {
  return [...new Set([...AWAY_AFTER, kind.away_after, now])].sort((one, other) => one - other);
}

/** What is asked of the server. */
export function request(kind: Kind, wanted: Wanted, options: Json): CreateTable {
  return { kind: kind.kind, ...wanted, options };
}

/** What the host of a table wants otherwise: only what was touched, so that all else stays; null: nothing was. */
export function change(before: TableInfo, wanted: Wanted, options: Json): ChangeTable | null {
  const asked: ChangeTable = {};
  for (const name of ["seats", "bots", "round_seconds", "away_after"] as const) {
    if (wanted[name] !== before[name]) asked[name] = wanted[name];
  }
  const was: JsonObject = isObject(before.options) ? before.options : {};
  const others = Object.entries(isObject(options) ? options : {}).filter(
    ([name, value]) => !(name in was && isSame(was[name] as Json, value)),
  );
  if (others.length > 0) asked.options = Object.fromEntries(others);
  return Object.keys(asked).length === 0 ? null : asked;
}

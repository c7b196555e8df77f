/** The log: each event of a table as a line for a person. */

import type { SetBack } from "$parts/live.svelte";
import { assertNever, type Agreement, type CreditWhy, type TableTold } from "@clew/client";
import { isObject, type Json } from "../json";
import { counted } from "$parts/durations";
import { joined, type Piece } from "./pieces";
import { phraseOf, wordsOf, type IsSeat } from "./told";

/** `title` stands out, if there is one. `mine`: the server tells it to you alone. */
export interface Line {
  readonly key: string;
  readonly seq: number;
  readonly round: number;
  readonly tone: "plain" | "round" | "mine" | "end" | "clock";
  readonly title: string;
  readonly rest: readonly Piece[];
}

/** The whole log: a line for each event, and one for each time the game was set back. */
export function linesOf(events: readonly TableTold[], setBacks: readonly SetBack[], isSeat: IsSeat): Line[] {
  const lines: Line[] = [];
  const waiting = setBacks.map(setBackLine);
  for (const event of events) {
    while ((waiting[0]?.seq ?? Infinity) < event.seq) lines.push(...waiting.splice(0, 1));
    const line = lineOf(event, isSeat);
    if (line !== null) lines.push(line);
  }
  return [...lines, ...waiting];
}

/** What the operator did to the game, in words that nobody has to be afraid of. */
export function setBackWords(round: number): string {
  return `The game was set back ${round === 0 ? "to its lobby" : `to round ${round}`} by the operator.`;
}

function setBackLine({ seq, round }: SetBack): Line {
  return { key: `set back ${seq}`, seq, round, tone: "clock", title: "", rest: [setBackWords(round)] };
}

/** Null for an event that this page does not know: a server may be newer than its page. */
export function lineOf(event: TableTold, isSeat: IsSeat): Line | null {
  const line = (tone: Line["tone"], title: string, ...rest: readonly (Piece | readonly Piece[])[]): Line => {
    return { key: String(event.seq), seq: event.seq, round: event.round, tone, title, rest: joined(...rest) };
  };
  switch (event.type) {
    case "player_joined":
      return line("plain", "", { seat: event.id }, event.is_bot ? " took a seat, a bot" : " took a seat");
    case "left":
      return line("plain", "", `${event.display_name} left`);
    case "sent_away":
      return line("plain", "", `${event.display_name} was sent away by the host`);
    case "host_passed":
      return line("plain", "", { seat: event.id }, " is the host now");
    case "seat_changed":
      return line(
        "plain",
        "",
        event.bot === null ? `Seat ${event.seat} is empty again` : `A bot took seat ${event.seat}`,
      );
    case "released":
      return line("plain", "", `Seat ${event.id.slice(1)} is kept no more for ${event.display_name}`);
    case "settings_changed":
      return line("plain", "", "The host changed the settings");
    case "game_started":
      return line("plain", "", "The game begins");
    case "game_canceled":
      return line("end", "Called off");
    case "plan_accepted":
      return line("mine", "Your plan", ...words(event.plan as Json, isSeat));
    case "ready_accepted":
      return line("mine", "You are ready");
    case "resigned":
      return line("plain", "", { seat: event.id }, " gave up");
    case "happened": {
      const told = event.event as Json;
      const { title, rest } = isObject(told) ? phraseOf(told, isSeat) : { title: "", rest: wordsOf(told, isSeat) };
      return line("plain", title, rest);
    }
    case "round_started":
      return line("round", `Round ${event.round}`);
    case "agreed":
      return line("plain", "", { seat: event.id }, ...agreedPieces(event.to));
    case "paused":
      return line("clock", "", "All agree to a pause: the clock stands still");
    case "went_on":
      return line("clock", "", "The clock goes on");
    case "autopilot_began":
      return line("clock", "", "The autopilot plays for ", { seat: event.id });
    case "clock_credited":
      if (event.why === "agreed") return null; // that the clock goes on was said just before
      return line("clock", "", clockWords(event.ms, event.why));
    case "game_over":
      return line("end", "The game is over", ...wonBy(event.winner_ids, event.why));
    default:
      return assertNever(event, null);
  }
}

/** What somebody would have, as soon as the others agree. */
function agreedPieces(to: Agreement): Piece[] {
  if (to === "pause") return [" would like a pause"];
  if (to === "go_on") return [" would like to go on"];
  return [" would let the autopilot play for ", { seat: to.slice("autopilot:".length) }];
}

/** Why a round is longer than it was to be. */
export function clockWords(ms: number, why: CreditWhy): string {
  const seconds = Math.max(1, Math.round(Math.abs(ms) / 1000));
  const span = counted(seconds, "second");
  switch (why) {
    case "clock_step":
      return `The server's clock was set; the round still takes as long as it was to`;
    case "agreed":
      return `The clock stood for ${span}`;
    case "moved":
      return `The game moved to another server; the round is ${span} longer`;
    case "paused":
    case "restart":
    case "store_away":
      return `The server was away for ${span}; the round is that much longer`;
    default:
      return assertNever(why, `The round is ${span} longer`);
  }
}

/** Who won, as the end of a sentence. */
function wonBy(winners: readonly string[], why: string | null): Piece[] {
  if (why === "untouched") return [": nobody had played for a long time"];
  const names = winners.map((seat) => ({ seat }) as const);
  if (names.length === 0) return [": nobody wins"];
  const listed = names.flatMap((name, at): Piece[] => {
    return at === 0 ? [name] : [at === names.length - 1 ? " and " : ", ", name];
  });
  return [names.length === 1 ? ". The winner: " : ". The winners: ", ...listed];
}

function words(plan: Json, isSeat: IsSeat): Piece[] {
  const said = wordsOf(plan, isSeat);
  return said.length === 0 ? [" is in"] : joined(": ", said);
}

/** The log: each event of a table as a line for a person. */

import { t } from "$parts/catalogue/catalogue";
import { listedWith, spanOf } from "$parts/catalogue/formats";
import type { SetBack } from "$parts/live.svelte";
import { assertNever, type Agreement, type CreditWhy, type TableTold } from "@clew/client";
import { isObject, type Json } from "../json";
import { joined, sentence, type Piece } from "./pieces";
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
  return round === 0 ? t("any-set-back-lobby") : t("any-set-back", { round });
}

function setBackLine({ seq, round }: SetBack): Line {
  return { key: `set_back ${seq}`, seq, round, tone: "clock", title: "", rest: [setBackWords(round)] };
}

/** Null for an event that this page does not know: a server may be newer than its page. */
export function lineOf(event: TableTold, isSeat: IsSeat): Line | null {
  const line = (tone: Line["tone"], title: string, ...rest: readonly (Piece | readonly Piece[])[]): Line => {
    return { key: String(event.seq), seq: event.seq, round: event.round, tone, title, rest: joined(...rest) };
  };
  switch (event.type) {
    case "player_joined":
      return line(
        "plain",
        "",
        event.is_bot ? sentence("any-log-seat-bot", who(event.id)) : sentence("any-log-seat", who(event.id)),
      );
    case "left":
      return line("plain", "", t("any-log-left", { name: event.display_name }));
    case "sent_away":
      return line("plain", "", t("any-log-sent-away", { name: event.display_name }));
    case "host_passed":
      return line("plain", "", sentence("any-log-host", who(event.id)));
    case "seat_changed":
      return line(
        "plain",
        "",
        event.bot === null ? t("any-log-emptied", { seat: event.seat }) : t("any-log-bot", { seat: event.seat }),
      );
    case "released":
      return line("plain", "", t("any-log-released", { seat: event.id.slice(1), name: event.display_name }));
    case "settings_changed":
      return line("plain", "", t("any-log-settings"));
    case "game_started":
      return line("plain", "", t("any-log-begins"));
    case "game_canceled":
      return line("end", t("any-called-off"));
    case "plan_accepted":
      return line("mine", t("table-your-plan"), ...words(event.plan as Json, isSeat));
    case "ready_accepted":
      return line("mine", t("any-log-ready"));
    case "resigned":
      return line("plain", "", sentence("any-log-gave-up", who(event.id)));
    case "happened": {
      const told = event.event as Json;
      const { title, rest } = isObject(told) ? phraseOf(told, isSeat) : { title: "", rest: wordsOf(told, isSeat) };
      return line("plain", title, rest);
    }
    case "round_started":
      return line("round", t("table-round", { round: event.round }));
    case "agreed":
      return line("plain", "", agreedPieces(event.to, event.id));
    case "paused":
      return line("clock", "", t("any-log-paused"));
    case "went_on":
      return line("clock", "", t("any-log-went-on"));
    case "autopilot_began":
      return line("clock", "", sentence("any-log-autopilot", who(event.id)));
    case "clock_credited":
      if (event.why === "agreed") return null; // that the clock goes on was said just before
      return line("clock", "", clockWords(event.ms, event.why));
    case "game_over":
      return line("end", t("any-log-over"), ...wonBy(event.winner_ids, event.why));
    default:
      return assertNever(event, null);
  }
}

/** What somebody would have, as soon as the others agree. */
function agreedPieces(to: Agreement, seat: string): Piece[] {
  if (to === "pause") return sentence("any-log-asks-pause", who(seat));
  if (to === "go_on") return sentence("any-log-asks-go-on", who(seat));
  const about = [{ seat: to.slice("autopilot:".length) }];
  return sentence("any-log-asks-autopilot", { ...who(seat), about });
}

function who(seat: string): Record<string, readonly Piece[]> {
  return { seat: [{ seat }] };
}

/** Why a round is longer than it was to be. */
export function clockWords(ms: number, why: CreditWhy): string {
  const seconds = Math.max(1, Math.round(Math.abs(ms) / 1000));
  const time = spanOf(seconds, "second");
  switch (why) {
    case "clock_step":
      return t("any-clock-step");
    case "agreed":
      return t("any-clock-agreed", { time });
    case "moved":
      return t("any-clock-moved", { time });
    case "paused":
    case "restart":
    case "store_away":
      return t("any-clock-away", { time });
    default:
      return assertNever(why, t("any-clock-longer", { time }));
  }
}

/** Who won, as the end of a sentence. */
function wonBy(winners: readonly string[], why: string | null): Piece[] {
  if (why === "untouched") return [t("any-won-untouched")];
  if (winners.length === 0) return [t("any-won-nobody")];
  const names = listedWith(winners.map((seat) => ({ seat })));
  return sentence("any-won", { names }, { count: winners.length });
}

function words(plan: Json, isSeat: IsSeat): Piece[] {
  const said = wordsOf(plan, isSeat);
  return said.length === 0 ? [` ${t("any-your-plan-in")}`] : joined(": ", said);
}

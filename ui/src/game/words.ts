/** The log's words: what happened, told to the one who reads it. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { listed as inOrder, spanOf } from "$parts/catalogue/formats";
import { botWords } from "../lobby/bots";
import { named, theMinotaur, you as yours, type Form } from "../lib/people";
import { directionOf, opposite, type Hex } from "../board/geometry";
import { assertNever } from "@clew/client";
import type { SetBack } from "$parts/live.svelte";
import { missAtYou, missOfTheirs, missOfYours, type Missed } from "./misses";
import type { ClockCreditedShown, ShownEvent, View } from "../lib/wire";

export type Tone = "round" | "plain" | "yours" | "hurt" | "danger" | "good" | "quiet";

export interface Line {
  readonly key: string;
  readonly seq: number;
  readonly round: number;
  readonly text: string;
  readonly tone: Tone;
  /** Players and the Minotaur it speaks of; the screen puts their shapes before it. */
  readonly who: readonly string[];
  /** Kept by the filter "about me". */
  readonly aboutYou: boolean;
}

type Name = Teller["name"];

export interface Teller {
  /** The reader's own player id; null for a spectator. */
  readonly you: string | null;
  name(id: string, form?: Form): string;
}

export const MINOTAUR = "minotaur";

/** Said in the log, at the end and at the door of a game that its people left. */
export const UNTOUCHED = t("log-untouched");

export function tellerOf(view: View): Teller {
  const names = new Map(view.players.map((player) => [player.player_id, player.display_name]));
  const name = (id: string, form: Form = "subject"): string =>
    id === MINOTAUR ? theMinotaur(form) : named(names.get(id) ?? id, form);
  return { you: view.you?.player_id ?? null, name };
}

/** The whole log: a line for each event worth one and for each time the game was set back, and a mark where a new round
 * begins. */
export function linesOf(events: readonly ShownEvent[], teller: Teller, setBacks: readonly SetBack[] = []): Line[] {
  const lines: Line[] = [];
  const waiting = setBacks.map(setBackLine);
  let round = 0;
  for (const event of events) {
    if (event.type === "skip") continue;
    while ((waiting[0]?.seq ?? Infinity) < event.seq) lines.push(...waiting.splice(0, 1));
    const line = lineOf(event, teller);
    const begins = event.round > round;
    // The game's beginning is told before the mark of its first round, everything else after the mark of its round.
    if (line !== null && event.type === "game_started") lines.push(line);
    if (begins) lines.push(markOf(event.round, event.seq));
    if (line !== null && event.type !== "game_started" && !goesOn(lines.at(-1), line)) lines.push(line);
    round = Math.max(round, event.round);
  }
  return [...lines, ...waiting];
}

/** Said in the bar while it is news, and kept in the log. */
export function setBackWords(round: number): string {
  return round === 0 ? t("log-set-back-lobby") : t("log-set-back", { round });
}

function setBackLine({ seq, round }: SetBack): Line {
  return { key: `set_back ${seq}`, seq, round, text: setBackWords(round), tone: "quiet", who: [], aboutYou: true };
}

/** The same fight is heard again and again: once is enough, until something else happens. */
function goesOn(before: Line | undefined, line: Line): boolean {
  return line.tone === "quiet" && before?.text === line.text && before.round === line.round;
}

function markOf(round: number, seq: number): Line {
  return {
    key: `round ${round}`,
    seq,
    round,
    text: t("game-round", { round }),
    tone: "round",
    who: [],
    aboutYou: true,
  };
}

/** The line for an event; null for what the log leaves out (your own plans, who said ready). */
export function lineOf(event: ShownEvent, teller: Teller): Line | null {
  if (event.type === "skip") return null;
  const said = sentence(event, teller);
  if (said === null) return null;
  const about = said.who.includes(teller.you ?? "") || said.yours === true;
  return {
    key: `event ${event.seq}`,
    seq: event.seq,
    round: event.round,
    text: capital(said.text),
    tone: said.tone,
    who: said.who,
    aboutYou: about || event.type === "game_over",
  };
}

interface Said {
  text: string;
  tone: Tone;
  who: readonly string[];
  yours?: boolean;
}

function sentence(event: Exclude<ShownEvent, { type: "skip" }>, teller: Teller): Said | null {
  const you = (id: string): boolean => id === teller.you;
  const name: Name = (id, form) => (you(id) ? yours(form) : teller.name(id, form));
  switch (event.type) {
    case "plan_accepted":
    case "ready_accepted":
    case "round_started": // a mark, see linesOf
      return null;
    case "player_joined":
      return say(you(event.id) ? t("log-seat-you") : t("log-seat", { name: event.display_name }), "quiet", [event.id]);
    case "left":
      return say(you(event.id) ? t("log-leave-you") : t("log-leave", { name: event.display_name }), "quiet", [
        event.id,
      ]);
    case "sent_away":
      return say(you(event.id) ? t("log-sent-you") : t("log-sent", { name: event.display_name }), "quiet", [event.id]);
    case "host_passed":
      return say(you(event.id) ? t("log-host-you") : t("log-host", { name: name(event.id) }), "quiet", [event.id]);
    case "seat_changed":
      return say(
        event.bot === null
          ? t("log-emptied", { seat: event.seat })
          : t("log-bot", { seat: event.seat, bot: botWords(event.bot) }),
        "quiet",
      );
    case "released":
      return say(t("log-released", { seat: event.id.slice(1), name: event.display_name }), "quiet");
    case "settings_changed":
      return say(t("log-settings"), "quiet");
    case "game_started":
      return say(t("log-started"), "quiet");
    case "game_canceled":
      return say(t("log-canceled"), "quiet");
    case "pc_entered_hex":
      return you(event.id)
        ? say(t("log-moved-you", { direction: words(opposite(event.from_vector)) }), "yours", [event.id])
        : say(
            t("log-arrived", { name: name(event.id), direction: words(event.from_vector) }),
            toneOf(event.id),
            [event.id],
            true,
          );
    case "pc_left_hex":
      return say(
        t("log-left-hex", { name: name(event.id), direction: words(event.to_vector) }),
        "plain",
        [event.id],
        true,
      );
    case "pc_bumped":
      return you(event.id)
        ? say(t("log-bumped-you", { direction: words(event.vector) }), "yours", [event.id])
        : say(t("log-bumped", { name: name(event.id), direction: words(event.vector) }), "plain", [event.id]);
    case "pc_attacked":
      return blow(event, name, you);
    case "noise":
      return say(t("log-noise", { direction: t(`direction-${event.direction}`) }), "quiet", [], true);
    case "killed":
      return fall(event.id, event.by, name, you);
    case "resigned":
      return say(you(event.id) ? t("log-gives-up-you") : t("log-gives-up", { name: name(event.id) }), "plain", [
        event.id,
      ]);
    case "minotaur_slain": {
      const mine = event.by.some(you);
      const who = !mine ? "others" : event.by.length === 1 ? "you" : "both";
      return say(
        t("log-slay", { who, names: listed(event.by.map((id) => name(id))), count: event.by.length }),
        mine ? "good" : "danger",
        [...event.by, MINOTAUR],
      );
    }
    case "tremor":
      return say(t("log-tremor"), "danger");
    case "collapsed":
      return say(t("log-collapsed"), "danger");
    case "drained":
      return say(t("log-drained", { damage: event.damage }), "hurt", [], true);
    case "agreed":
      return say(agreedWords(event.to, event.id, name, you), "quiet", [event.id]);
    case "paused":
      return say(t("log-paused"), "quiet");
    case "went_on":
      return say(t("log-went-on"), "quiet");
    case "autopilot_began":
      return say(you(event.id) ? t("log-autopilot-you") : t("log-autopilot", { name: name(event.id, "by") }), "quiet", [
        event.id,
      ]);
    case "clock_credited":
      if (event.why === "agreed") return null; // that the clock goes on was said just before
      return say(credited(event.why, span(event.ms)), "quiet");
    case "game_over":
      if (event.why === "untouched") return say(UNTOUCHED, "round");
      if (event.winner_id === null) return say(t("log-draw"), "round");
      return say(you(event.winner_id) ? t("log-won-you") : t("log-wins", { name: name(event.winner_id) }), "round", [
        event.winner_id,
      ]);
    default:
      return assertNever(event, null);
  }
}

/** What somebody would have, as soon as the others agree. */
function agreedWords(to: string, id: string, name: Name, you: (id: string) => boolean): string {
  const who = { name: name(id) };
  if (to === "pause") return you(id) ? t("log-agreed-pause-you") : t("log-agreed-pause", who);
  if (to === "go_on") return you(id) ? t("log-agreed-go-on-you") : t("log-agreed-go-on", who);
  const about = name(to.slice("autopilot:".length), "by");
  return you(id) ? t("log-agreed-autopilot-you", { about }) : t("log-agreed-autopilot", { ...who, about });
}

/** Why this round ends later than its clock said. What a game kept of the time before reasons were given has none. */
function credited(why: ClockCreditedShown["why"] | undefined, time: string): string {
  switch (why) {
    case undefined:
    case "restart":
      return t("log-clock-restart", { time });
    case "moved":
      return t("log-clock-moved", { time });
    case "store_away":
      return t("log-clock-store", { time });
    case "paused":
      return t("log-clock-paused", { time });
    case "agreed":
      return t("log-clock-agreed", { time });
    case "clock_step":
      return t("log-clock-step");
    default:
      return assertNever(why, t("log-clock-stopped", { time }));
  }
}

function blow(
  event: { id: string; target_id: string; hit: boolean; damage: number; missed?: Missed },
  name: Name,
  you: (id: string) => boolean,
): Said {
  const { id, target_id: target, hit, damage, missed } = event;
  const who = [id, target];
  if (you(id)) {
    return hit
      ? say(t("log-hit-you", { target: name(target, "object"), damage }), "yours", who)
      : say(missOfYours(missed, name(target)) ?? t("log-miss-you", { target: name(target, "object") }), "yours", who);
  }
  if (!hit) {
    const why = you(target) ? missAtYou(missed, name(id)) : missOfTheirs(missed, name(id), name(target));
    const values = { name: name(id), target: name(target, "object") };
    return say(why ?? t("log-miss", values), "plain", who, you(target));
  }
  return say(
    t("log-hit", { name: name(id), target: name(target, "object"), damage }),
    you(target) ? "hurt" : "plain",
    who,
  );
}

function fall(id: string, by: readonly string[], name: Name, you: (id: string) => boolean): Said {
  const values = { name: name(id) };
  if (by.includes("collapse")) return say(you(id) ? t("log-chasm-you") : t("log-chasm", values), "danger", [id]);
  if (by.includes("lair"))
    return say(you(id) ? t("log-drained-out-you") : t("log-drained-out", values), "danger", [id]);
  if (by.length === 0) return say(you(id) ? t("log-falls-you") : t("log-falls", values), "danger", [id]);
  const names = listed(by.map((each) => name(each, "by")));
  const words = you(id) ? t("log-falls-to-you", { names }) : t("log-falls-to", { ...values, names });
  return say(words, by.some(you) && !you(id) ? "good" : "danger", [id, ...by]);
}

function say(text: string, tone: Tone, who: readonly string[] = [], yours = false): Said {
  return { text, tone, who, yours };
}

function toneOf(id: string): Tone {
  return id === MINOTAUR ? "danger" : "plain";
}

function words(vector: Hex): string {
  return directionOf(vector)?.words ?? t("direction-somewhere");
}

/** "Ada", "Ada and Bo", "Ada, Bo and you". */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? t("game-nobody") : inOrder(names);
}

function span(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return seconds === 1 ? t("log-a-second") : spanOf(seconds, "second");
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? spanOf(minutes, "minute") : spanOf(Math.round(minutes / 60), "hour");
}

/** As a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The log's words: what happened, told to the one who reads it. Pure. */

import { directionOf, opposite, type Hex } from "../board/geometry";
import { assertNever } from "@clew/client";
import type { SetBack } from "$parts/live.svelte";
import { missAtYou, missOfTheirs, missOfYours, type Missed } from "./misses";
import type { ClockCreditedShown, Direction, ShownEvent, View } from "../lib/wire";

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

export interface Teller {
  /** The reader's own player id; null for a spectator. */
  readonly you: string | null;
  name(id: string): string;
}

export const MINOTAUR = "minotaur";

/** Said in the log, at the end and at the door of a game that its people left. */
export const UNTOUCHED = "Nobody has played here for many rounds, so the game was ended.";

export function tellerOf(view: View): Teller {
  const names = new Map(view.players.map((player) => [player.player_id, player.display_name]));
  return { you: view.you?.player_id ?? null, name: (id) => (id === MINOTAUR ? "the Minotaur" : (names.get(id) ?? id)) };
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
  const to = round === 0 ? "to its lobby" : `to round ${round}`;
  return `The game was set back ${to} by the operator.`;
}

function setBackLine({ seq, round }: SetBack): Line {
  return { key: `set back ${seq}`, seq, round, text: setBackWords(round), tone: "quiet", who: [], aboutYou: true };
}

/** The same fight is heard again and again: once is enough, until something else happens. */
function goesOn(before: Line | undefined, line: Line): boolean {
  return line.tone === "quiet" && before?.text === line.text && before.round === line.round;
}

function markOf(round: number, seq: number): Line {
  return { key: `round ${round}`, seq, round, text: `Round ${round}`, tone: "round", who: [], aboutYou: true };
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
  const name = (id: string): string => (you(id) ? "you" : teller.name(id));
  switch (event.type) {
    case "plan_accepted":
    case "ready_accepted":
    case "round_started": // a mark, see linesOf
      return null;
    case "player_joined":
      return say(you(event.id) ? "You take a seat." : `${event.display_name} takes a seat.`, "quiet", [event.id]);
    case "left":
      return say(you(event.id) ? "You leave." : `${event.display_name} leaves.`, "quiet", [event.id]);
    case "sent_away":
      return say(you(event.id) ? "The host sends you away." : `The host sends ${event.display_name} away.`, "quiet", [
        event.id,
      ]);
    case "host_passed":
      return say(you(event.id) ? "You are the host now." : `${name(event.id)} is the host now.`, "quiet", [event.id]);
    case "seat_changed":
      return say(
        event.bot === null ? `Seat ${event.seat} is empty again.` : `A bot takes seat ${event.seat}: a ${event.bot}.`,
        "quiet",
      );
    case "released":
      return say(`Seat ${event.id.slice(1)} is kept no more for ${event.display_name}.`, "quiet");
    case "settings_changed":
      return say("The host changes the rules of the game.", "quiet");
    case "game_started":
      return say("The torches are lit. The game begins.", "quiet");
    case "game_canceled":
      return say("The game was called off.", "quiet");
    case "pc_entered_hex":
      return you(event.id)
        ? say(`You moved to the ${words(opposite(event.from_vector))}.`, "yours", [event.id])
        : say(`${name(event.id)} arrived from the ${words(event.from_vector)}.`, toneOf(event.id), [event.id], true);
    case "pc_left_hex":
      return say(`${name(event.id)} left to the ${words(event.to_vector)}.`, "plain", [event.id], true);
    case "pc_bumped":
      return you(event.id)
        ? say(`Something blocks your way to the ${words(event.vector)}.`, "yours", [event.id])
        : say(`${name(event.id)} finds no way to the ${words(event.vector)}.`, "plain", [event.id]);
    case "pc_attacked":
      return blow(event, name, you);
    case "noise":
      return say(`You hear fighting to the ${spoken(event.direction)}.`, "quiet", [], true);
    case "killed":
      return fall(event.id, event.by, name, you);
    case "resigned":
      return say(you(event.id) ? "You give up." : `${name(event.id)} gives up.`, "plain", [event.id]);
    case "minotaur_slain": {
      const mine = event.by.some(you);
      return say(
        `${listed(event.by.map(name))} ${event.by.length === 1 && !mine ? "slays" : "slay"} the Minotaur!`,
        mine ? "good" : "danger",
        [...event.by, MINOTAUR],
      );
    }
    case "tremor":
      return say("The outer ring trembles.", "danger");
    case "collapsed":
      return say("The outer ring falls into the chasm.", "danger");
    case "drained":
      return say(`The lair drains every hero: −${event.damage}.`, "hurt", [], true);
    case "agreed":
      return say(agreedWords(event.to, event.id, name, you), "quiet", [event.id]);
    case "paused":
      return say("All agree to a pause. The clock stands still.", "quiet");
    case "went_on":
      return say("The clock goes on.", "quiet");
    case "autopilot_began":
      return say(
        you(event.id)
          ? "You are away: the autopilot plays for you until you plan again."
          : `The autopilot plays for ${name(event.id)}, who is away.`,
        "quiet",
        [event.id],
      );
    case "clock_credited":
      if (event.why === "agreed") return null; // that the clock goes on was said just before
      return say(credited(event.why, span(event.ms)), "quiet");
    case "game_over":
      if (event.why === "untouched") return say(UNTOUCHED, "round");
      if (event.winner_id === null) return say("Nobody is left standing: a draw.", "round");
      return say(
        you(event.winner_id) ? "You are the last one standing. You win!" : `${name(event.winner_id)} wins.`,
        "round",
        [event.winner_id],
      );
    default:
      return assertNever(event, null);
  }
}

/** What somebody would have, as soon as the others agree. */
function agreedWords(to: string, id: string, name: (id: string) => string, you: (id: string) => boolean): string {
  const who = you(id) ? "You" : name(id);
  if (to === "pause") return `${who} would like a pause.`;
  if (to === "go_on") return `${who} would like to go on.`;
  return `${who} would let the autopilot play for ${name(to.slice("autopilot:".length))}.`;
}

/** Why this round ends later than its clock said. What a game kept of the time before reasons were given has none. */
function credited(why: ClockCreditedShown["why"] | undefined, time: string): string {
  switch (why) {
    case undefined:
    case "restart":
      return `The server was away for ${time}. You get them back.`;
    case "moved":
      return `Your game moved to another server, which took ${time}. You get them back.`;
    case "store_away":
      return `No move could be saved for ${time}. You get them back.`;
    case "paused":
      return `The server stood still for ${time}. You get them back.`;
    case "agreed":
      return `The clock stood for ${time}.`;
    case "clock_step":
      return "The server's clock was put right. Your time for this round stays the same.";
    default:
      return assertNever(why, `The clock was stopped for ${time}. You get them back.`);
  }
}

function blow(
  event: { id: string; target_id: string; hit: boolean; damage: number; missed?: Missed },
  name: (id: string) => string,
  you: (id: string) => boolean,
): Said {
  const { id, target_id: target, hit, damage, missed } = event;
  const who = [id, target];
  if (you(id)) {
    return hit
      ? say(`You hit ${name(target)}: −${damage}.`, "yours", who)
      : say(missOfYours(missed, name(target)) ?? `You strike at ${name(target)} and miss.`, "yours", who);
  }
  if (!hit) {
    const why = you(target) ? missAtYou(missed, name(id)) : missOfTheirs(missed, name(id), name(target));
    return say(why ?? `${name(id)} strikes at ${name(target)} and misses.`, "plain", who, you(target));
  }
  return say(`${name(id)} attacks ${name(target)}: −${damage}.`, you(target) ? "hurt" : "plain", who);
}

function fall(id: string, by: readonly string[], name: (id: string) => string, you: (id: string) => boolean): Said {
  const falls = you(id) ? "You fall" : `${name(id)} falls`;
  if (by.includes("collapse")) return say(`${falls} into the chasm.`, "danger", [id]);
  if (by.includes("lair")) return say(`${you(id) ? "You are" : `${name(id)} is`} drained by the lair.`, "danger", [id]);
  if (by.length === 0) return say(`${falls}.`, "danger", [id]);
  return say(`${falls} to ${listed(by.map(name))}.`, "danger", [id, ...by]);
}

function say(text: string, tone: Tone, who: readonly string[] = [], yours = false): Said {
  return { text, tone, who, yours };
}

function toneOf(id: string): Tone {
  return id === MINOTAUR ? "danger" : "plain";
}

function words(vector: Hex): string {
  return directionOf(vector)?.words ?? "somewhere";
}

const SPOKEN: Record<Direction, string> = {
  E: "east",
  SE: "south-east",
  SW: "south-west",
  W: "west",
  NW: "north-west",
  NE: "north-east",
};

function spoken(direction: Direction): string {
  return SPOKEN[direction];
}

/** "Ada", "Ada and Bo", "Ada, Bo and you". */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "nobody";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function span(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rules of a game, as everyone in its lobby may read them. Pure. */

import type { GameInfo, PresetName } from "$lib/wire";
import { counted, spanWords } from "$parts/durations";
import { PRESETS, RADIUS } from "../lib/numbers";

type Rule = keyof typeof PRESETS.labyrinth;

const PRESET_WORDS: Record<PresetName, string> = { classic: "Classic rules", labyrinth: "Labyrinth" };
const SIGHT_ALL = -1;

const WORDS: Record<Rule, (value: unknown) => string> = {
  rock: (value) => (value === true ? "rock stands in the way" : "no rock"),
  minotaur: (value) => (value === true ? "the Minotaur is in there" : "no Minotaur"),
  collapse: (value) => (value === true ? "the floor falls away" : "the floor holds"),
  health: (value) => `${value} health`,
  ap_start: (value) => `${points(value)} at the start`,
  ap_gain: (value) => `${points(value)} more a round`,
  ap_cap: (value) => `${points(value)} at most`,
  hero_damage: (value) => `a hero’s blow takes ${value}`,
  minotaur_health: (value) => `the Minotaur has ${value} health`,
  minotaur_damage: (value) => `the Minotaur’s blow takes ${value}`,
  minotaur_reach: (value) => `the Minotaur comes from ${steps(value)} away`,
  collapse_first: (value) => `the first ring falls in round ${value}`,
  collapse_every: (value) => `a ring falls every ${value === 1 ? "round" : `${value} rounds`}`,
  rounds_max: (value) => `over after round ${value}`,
  autopilot_after: (value) => `a bot stands in after ${rounds(value)} without a plan`,
  away_after: (value) =>
    value === 0 ? "no bot stands in sooner for who is away" : `a bot stands in for who is away after ${rounds(value)}`,
  untouched_max: (value) => `over after ${rounds(value)} without anybody`,
  sight: (value) => (value === SIGHT_ALL ? "all in sight" : `one sees ${steps(value)} far`),
  hearing: (value) => `fights are heard ${steps(value)} away`,
  gallery: (value) =>
    value === "closed" ? "the fallen and watchers see no board" : "the fallen and watchers see the board",
  gallery_delay: (value) => `watchers see it ${rounds(value)} late`,
};

/** What is always said: the rules' name, and how long a round is. */
export function usualWords({ preset, settings }: Pick<GameInfo, "preset" | "settings">): string {
  const seconds = settings.round_seconds;
  const round = typeof seconds === "number" ? [`${spanWords(seconds)} a round`] : [];
  return [PRESET_WORDS[preset], ...round].join(" · ");
}

/** Every rule that is not as the preset has it. */
export function otherRules({ preset, seats, settings }: Pick<GameInfo, "preset" | "seats" | "settings">): string[] {
  const usual: Record<Rule, unknown> = PRESETS[preset];
  const rules = Object.keys(WORDS) as Rule[];
  const others = rules.filter((rule) => rule in settings && settings[rule] !== usual[rule]);
  const said = others.map((rule) => WORDS[rule](settings[rule]));
  return isUsualRadius(seats, settings.radius)
    ? said
    : [`a board ${steps(settings.radius)} from its middle to its edge`, ...said];
}

function isUsualRadius(seats: number, radius: unknown): boolean {
  return radius === undefined || radius === usualRadius(seats);
}

export function usualRadius(seats: number): number | undefined {
  return (RADIUS as Readonly<Record<number, number>>)[seats];
}

function points(value: unknown): string {
  return counted(Number(value), "action point");
}

function rounds(value: unknown): string {
  return counted(Number(value), "round");
}

function steps(value: unknown): string {
  return counted(Number(value), "step");
}

/** The rules of a game, as everyone in its lobby may read them. Pure. */

import { t } from "$parts/catalogue/catalogue";
import type { GameInfo, PresetName } from "$lib/wire";
import { spanWords } from "$parts/durations";
import { PRESETS, RADIUS } from "../lib/numbers";

type Rule = keyof typeof PRESETS.labyrinth;

const PRESET_WORDS: Record<PresetName, string> = { classic: t("gate-rules-classic"), labyrinth: t("front-labyrinth") };
const SIGHT_ALL = -1;

const WORDS: Record<Rule, (value: unknown) => string> = {
  rock: (value) => (value === true ? t("rule-rock") : t("rule-rock-no")),
  minotaur: (value) => (value === true ? t("rule-minotaur") : t("rule-minotaur-no")),
  collapse: (value) => (value === true ? t("rule-collapse") : t("rule-collapse-no")),
  health: (value) => t("rule-health", { count: Number(value) }),
  ap_start: (value) => t("rule-ap-start", { count: Number(value) }),
  ap_gain: (value) => t("rule-ap-gain", { count: Number(value) }),
  ap_cap: (value) => t("rule-ap-cap", { count: Number(value) }),
  hero_damage: (value) => t("rule-hero-damage", { count: Number(value) }),
  minotaur_health: (value) => t("rule-minotaur-health", { count: Number(value) }),
  minotaur_damage: (value) => t("rule-minotaur-damage", { count: Number(value) }),
  minotaur_reach: (value) => t("rule-minotaur-reach", { count: Number(value) }),
  collapse_first: (value) => t("rule-collapse-first", { round: Number(value) }),
  collapse_every: (value) => t("rule-collapse-every", { count: Number(value) }),
  rounds_max: (value) => t("rule-rounds-max", { round: Number(value) }),
  autopilot_after: (value) => t("rule-autopilot-after", { count: Number(value) }),
  away_after: (value) => (value === 0 ? t("rule-away-never") : t("rule-away-after", { count: Number(value) })),
  untouched_max: (value) => t("rule-untouched-max", { count: Number(value) }),
  sight: (value) => (value === SIGHT_ALL ? t("rule-sight-all") : t("rule-sight", { count: Number(value) })),
  hearing: (value) => t("rule-hearing", { count: Number(value) }),
  gallery: (value) => (value === "closed" ? t("rule-gallery-closed") : t("rule-gallery-open")),
  gallery_delay: (value) => t("rule-gallery-delay", { count: Number(value) }),
};

/** What is always said: the rules' name, and how long a round is. */
export function usualWords({ preset, settings }: Pick<GameInfo, "preset" | "settings">): string {
  const seconds = settings.round_seconds;
  const round = typeof seconds === "number" ? [t("rule-round", { span: spanWords(seconds) })] : [];
  return [PRESET_WORDS[preset], ...round].join(" · ");
}

/** Every rule that is not as the preset has it. */
export function otherRules({ preset, seats, settings }: Pick<GameInfo, "preset" | "seats" | "settings">): string[] {
  const usual: Record<Rule, unknown> = PRESETS[preset];
  const rules = Object.keys(WORDS) as Rule[];
  const others = rules.filter((rule) => rule in settings && settings[rule] !== usual[rule]);
  const said = others.map((rule) => WORDS[rule](settings[rule]));
  return isUsualRadius(seats, settings.radius) ? said : [t("rule-radius", { count: Number(settings.radius) }), ...said];
}

function isUsualRadius(seats: number, radius: unknown): boolean {
  return radius === undefined || radius === usualRadius(seats);
}

export function usualRadius(seats: number): number | undefined {
  return (RADIUS as Readonly<Record<number, number>>)[seats];
}

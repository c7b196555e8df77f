/** What is dangerous, in numbers: how long a ring still stands, what a blow takes, and where a plan must not end. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { add, DIRECTIONS, keyOf, same, type Hex } from "../board/geometry";
import type { Character, PlanStep, View, ViewHex } from "../lib/wire";
import { blockedSteps, placeAfter, ghostsOf } from "./planning";
import type { Terms } from "./terms";

/** How many rounds the outermost ring still stands: 1, it falls at the end of this one. Null: no ring falls any more. */
export function roundsLeft(round: number, { rings, radius }: Terms): number | null {
  if (rings === null) return null;
  const fallen = Math.max(0, Math.ceil((round - rings.first) / rings.every));
  return fallen >= radius ? null : rings.first + fallen * rings.every - round + 1;
}

/** In how many rounds a cracked stone falls, this one counted; null for a game in which none does. */
export type StandsFor = (stone: Stone) => number | null;

type Stone = Hex & Pick<ViewHex, "terrain" | "cracked">;

/** Says it of each cracked stone among these.
 *
 * Rings that fall in every round are cracked two at a time, and look alike. The outer one touches what has fallen, or the
 * board's edge; of floor in sight all is seen that has fallen beside it. What may be either is said to fall sooner.
 */
export function crackedFor(hexes: readonly Stone[], round: number, terms: Terms): StandsFor {
  const left = roundsLeft(round, terms);
  if (left === null) return () => null;
  if (left > 1 || terms.rings?.every !== 1) return () => Math.min(left, 2);
  const known = new Map(hexes.map((hex) => [keyOf(hex), hex.terrain]));
  const hasFallen = round > terms.rings.first;
  return (stone) => {
    const around = DIRECTIONS.map(({ vector }) => known.get(keyOf(add(stone, vector))));
    const isInner = hasFallen
      ? stone.terrain === "floor" && !around.includes("chasm")
      : around.every((terrain) => terrain !== undefined);
    return isInner ? 2 : 1;
  };
}

/** Where the plan really ends, as far as the map is known: a step into rock or chasm is none. */
export function endOf(view: View, steps: readonly PlanStep[]): Hex {
  const blocked = blockedSteps(view, steps);
  const walked = steps.filter((_, index) => !blocked.has(index));
  return blocked.size === 0
    ? (ghostsOf(steps).at(-1) ?? { q: 0, r: 0 })
    : walked.reduce<Hex>((here, step) => placeAfter(step, here), { q: 0, r: 0 });
}

export interface Warning {
  readonly words: string;
  /** Who stays there does not see the next round. */
  readonly deadly: boolean;
}

/** What is to be known before one is ready: the plan ends on a stone that falls. Null: nothing. */
export function warningOf(view: View, steps: readonly PlanStep[], terms: Terms): Warning | null {
  if (view.viewer !== "player" || view.game_status !== "active") return null;
  const end = endOf(view, steps);
  const stone = view.hexes.find((hex) => same(hex, end));
  if (stone?.cracked !== true) return null;
  const left = crackedFor(view.hexes, view.round, terms)(stone);
  if (left === null) return null;
  const stays = same(end, { q: 0, r: 0 });
  const deadly = left === 1;
  if (deadly) return { deadly, words: stays ? t("danger-stay-now") : t("danger-end-now") };
  return { deadly, words: stays ? t("danger-stay-soon") : t("danger-end-soon") };
}

/** What one hit of this one takes, and one of theirs. */
export function blowOf(
  target: Pick<Character, "kind">,
  terms: Terms,
): { readonly yours: number; readonly theirs: number } {
  return { yours: terms.hero_damage, theirs: target.kind === "minotaur" ? terms.minotaur_damage : terms.hero_damage };
}

/** How much the plan's blows would take from each target if all of them hit, by its id. */
export function blowsOf(steps: readonly PlanStep[], terms: Terms): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const step of steps) {
    if (step.type === "attack") sums.set(step.target_id, (sums.get(step.target_id) ?? 0) + terms.hero_damage);
  }
  return sums;
}

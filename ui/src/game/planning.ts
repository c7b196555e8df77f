/** A plan in the making: where it leads, what it costs, what may be added to it, and why not. Pure. */

import { t } from "$parts/catalogue/catalogue";
import {
  add,
  directionOf,
  DIRECTIONS,
  distance,
  HERE,
  keyOf,
  pathOver,
  same,
  subtract,
  type DirectionInfo,
  type Hex,
} from "../board/geometry";
import { isWalkable } from "../board/shapes";
import { assertNever } from "@clew/client";
import { STEPS_MAX } from "../lib/numbers";
import type { Character, PlanStep, View } from "../lib/wire";

/** Yes, perhaps with a warning; or no, and why, in words for the player. */
export type Verdict = { ok: true; warning: string | null } | { ok: false; why: string };

/** What to tell about a verdict: why not, or what to know; empty if there is nothing to say. */
export function whyOf(verdict: Verdict): string {
  return verdict.ok ? (verdict.warning ?? "") : verdict.why;
}

/** The costs of RULES, in action points. */
const COSTS: Record<PlanStep["type"], number> = { move: 1, attack: 1, wait: 0 };

export function costOf(steps: readonly PlanStep[]): number {
  return steps.reduce((sum, step) => sum + COSTS[step.type], 0);
}

/** Where a step leads that begins here, if nothing is in the way. */
export function placeAfter(step: PlanStep, here: Hex): Hex {
  switch (step.type) {
    case "move":
      return add(here, step.vector);
    case "attack":
    case "wait":
      return here;
    default:
      return assertNever(step, here);
  }
}

/** Where the hero stands before each step and, as the last element, after them all, if nothing is in the way. */
export function ghostsOf(steps: readonly PlanStep[]): Hex[] {
  const places: Hex[] = [HERE];
  for (const step of steps) {
    places.push(placeAfter(step, places.at(-1) ?? HERE));
  }
  return places;
}

/** Where the hero stands once the plan is done. */
export function ghostOf(steps: readonly PlanStep[]): Hex {
  return ghostsOf(steps).at(-1) ?? HERE;
}

/** Whether the player can plan at all just now. */
export function mayPlan(view: View): Verdict {
  if (view.game_status !== "active") return no(t("plan-over"));
  if (view.viewer === "spectator" || view.you === null) return no(t("plan-watching"));
  if (view.you.player_status !== "playing") return no(t("plan-fallen"));
  return yes();
}

/** `ends`: whether a place that was never seen is known to lie beside the board. */
export function mayMove(
  view: View,
  steps: readonly PlanStep[],
  direction: DirectionInfo,
  ends: (place: Hex) => boolean = (place) => isOutside(view, place),
): Verdict {
  const room = roomFor(view, steps, 1);
  if (!room.ok) return room;
  const place = add(ghostOf(steps), direction.vector);
  const known = view.hexes.find((hex) => same(hex, place));
  if (known === undefined && ends(place)) return no(t("plan-ends"));
  if (known === undefined) return yes(t("plan-unseen", { direction: direction.words }));
  switch (known.terrain) {
    case "rock":
      return no(t("plan-rock", { direction: direction.words }));
    case "chasm":
      return no(t("plan-chasm", { direction: direction.words }));
    case "floor":
      return yes(known.cracked ? t("plan-cracked") : null);
    default:
      return assertNever(known.terrain, yes());
  }
}

/** Whether a place that was never seen can't be part of the board.
 *
 * From each floor one can walk to in fewer steps than sight reaches, all that touches it would be in sight, rock as well
 * as floor: what is not there is nowhere. How far sight reaches is learned from the farthest floor that is lit.
 */
export function isOutside(view: View, place: Hex): boolean {
  const steps = walkingSteps(view);
  const reach = Math.max(...steps.values());
  return DIRECTIONS.some(({ vector }) => (steps.get(keyOf(add(place, vector))) ?? reach) < reach);
}

/** Steps from the hero to each floor in sight, over floor in sight. */
export function walkingSteps(view: View): Map<string, number> {
  const floor = new Set(view.hexes.filter((hex) => hex.in_sight && isWalkable(hex)).map(keyOf));
  const steps = new Map([[keyOf(HERE), 0]]);
  const edge: Hex[] = [HERE];
  for (let place = edge.shift(); place !== undefined; place = edge.shift()) {
    const here = steps.get(keyOf(place)) ?? 0;
    for (const { vector } of DIRECTIONS) {
      const beside = add(place, vector);
      if (!floor.has(keyOf(beside)) || steps.has(keyOf(beside))) continue;
      steps.set(keyOf(beside), here + 1);
      edge.push(beside);
    }
  }
  return steps;
}

export function mayAttack(view: View, steps: readonly PlanStep[], target: Character): Verdict {
  if (target.id === view.you?.player_id) return no(t("plan-you"));
  const room = roomFor(view, steps, 1);
  if (!room.ok) return room;
  return yes(same(target, ghostOf(steps)) ? null : t("plan-same-hex"));
}

/** How many steps the plan has room for that are worth one: those planned, and one for each point that is left. A wait
 * makes room for one more, for what it delays. */
export function slotsOf(view: View, steps: readonly PlanStep[]): number {
  const left = Math.max(0, (view.you?.ap ?? 0) - costOf(steps));
  return Math.max(steps.length, Math.min(STEPS_MAX, steps.length + left));
}

export function mayWait(view: View, steps: readonly PlanStep[]): Verdict {
  return roomFor(view, steps, 0);
}

/** Everyone in sight but you, those in the ghost's hex first, then the nearest; the Minotaur last among equals. */
export function targetsOf(view: View, steps: readonly PlanStep[]): Character[] {
  const ghost = ghostOf(steps);
  return view.characters
    .filter((character) => character.id !== view.you?.player_id && character.health > 0)
    .toSorted(
      (a, b) => distance(a, ghost) - distance(b, ghost) || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id),
    );
}

/** A walk from where the plan ends to a place that is known, over floor that is known: as much of it as this round has
 * points and steps for. */
export type Walk = { ok: true; moves: readonly DirectionInfo[]; far: number } | { ok: false; why: string };

export function walkTo(view: View, steps: readonly PlanStep[], place: Hex): Walk {
  const enough = roomFor(view, steps, 1);
  if (!enough.ok) return enough;
  const floor = new Set(view.hexes.filter(isWalkable).map(keyOf));
  const ghost = ghostOf(steps);
  const path = floor.has(keyOf(place)) ? pathOver(floor, ghost, place, floor.size) : null;
  if (path === null || path.length === 0) return { ok: false, why: t("plan-no-way") };
  const most = Math.min(STEPS_MAX - steps.length, (view.you?.ap ?? 0) - costOf(steps));
  const moves = path.slice(0, most).flatMap((to, index) => directionOf(subtract(to, path[index - 1] ?? ghost)) ?? []);
  return { ok: true, moves, far: path.length };
}

/** The direction of a tapped hex as seen from the ghost; null if it is not next to it. */
export function stepTowards(
  steps: readonly PlanStep[],
  place: Hex,
  directions: readonly DirectionInfo[],
): DirectionInfo | null {
  const ghost = ghostOf(steps);
  return directions.find(({ vector }) => same(add(ghost, vector), place)) ?? null;
}

/** The plan without one step. What came after it stays: the arrows simply start from elsewhere. */
export function without(steps: readonly PlanStep[], index: number): PlanStep[] {
  return steps.filter((_, i) => i !== index);
}

/** The directions in which a removed step has left the plan walking into known rock or chasm. */
export function blockedSteps(view: View, steps: readonly PlanStep[]): ReadonlySet<number> {
  const solid = new Set(view.hexes.filter((hex) => !isWalkable(hex)).map(keyOf));
  const blocked = new Set<number>();
  const places = ghostsOf(steps);
  places.slice(1).forEach((place, index) => {
    if (!same(place, places[index] ?? HERE) && solid.has(keyOf(place))) blocked.add(index);
  });
  return blocked;
}

function roomFor(view: View, steps: readonly PlanStep[], cost: number): Verdict {
  const may = mayPlan(view);
  if (!may.ok) return may;
  if (steps.length >= STEPS_MAX) return no(t("plan-steps-max", { most: STEPS_MAX }));
  const left = (view.you?.ap ?? 0) - costOf(steps);
  if (cost > left) return no(left === 0 && costOf(steps) > 0 ? t("plan-points-used") : t("plan-points-none"));
  return yes();
}

function yes(warning: string | null = null): Verdict {
  return { ok: true, warning };
}

function no(why: string): Verdict {
  return { ok: false, why };
}

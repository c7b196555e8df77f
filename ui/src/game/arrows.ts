/** The ways of a plan as arrows on the board. Pure. */

import { keyOf, same, type Hex } from "../board/geometry";
import { assertNever } from "@clew/client";
import type { PlanStep } from "../lib/wire";
import { ghostsOf } from "./planning";

export interface Arrow {
  readonly key: string;
  readonly from: Hex;
  readonly to: Hex;
  /** How many of the plan's steps go this way. */
  readonly count: number;
  /** The plan comes back over the same edge: each of the two keeps to its right, so that both are seen. */
  readonly aside: boolean;
}

export function arrowsOf(steps: readonly PlanStep[]): Arrow[] {
  const places = ghostsOf(steps);
  const ways = steps.flatMap((step, index) => {
    const from = places[index];
    const to = places[index + 1];
    return goes(step) && from !== undefined && to !== undefined ? [{ from, to }] : [];
  });
  const arrows = new Map<string, Arrow>();
  for (const { from, to } of ways) {
    const key = `${keyOf(from)} ${keyOf(to)}`;
    const aside = ways.some((other) => same(other.from, to) && same(other.to, from));
    arrows.set(key, { key, from, to, aside, count: (arrows.get(key)?.count ?? 0) + 1 });
  }
  return [...arrows.values()];
}

/** Whether the plan leads anywhere, even if back to where it began. */
export function leads(steps: readonly PlanStep[]): boolean {
  return steps.some(goes);
}

function goes(step: PlanStep): boolean {
  switch (step.type) {
    case "move":
      return true;
    case "attack":
    case "wait":
      return false;
    default:
      return assertNever(step, false);
  }
}

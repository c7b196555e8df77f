/** A frame of a replay as the board wants it. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { isOf, type EventOf } from "$lib/events";
import { assertNever } from "@clew/client";
import type { PlanStep, ReplayEvent } from "$lib/wire";
import { middle, same, type Hex, type Point } from "../board/geometry";
import type { BoardFigure, BoardHex, Effect } from "../board/shapes";
import { placeAfter } from "../game/planning";
import type { Seen } from "./eyes";
import { MINOTAUR, type Frame } from "./reduce";
import type { NameOf } from "./told";

export function hexesOf(frame: Frame): BoardHex[] {
  return frame.board.hexes.map((hex) => ({ ...hex, lit: true }));
}

export function figuresOf(frame: Frame, nameOf: NameOf): BoardFigure[] {
  const heroes = frame.board.heroes.map(({ id, q, r, health, alive }): BoardFigure => ({
    id,
    kind: "hero",
    q,
    r,
    health,
    fallen: !alive,
    label: alive ? t("game-figure", { name: nameOf(id), health }) : t("replay-figure-fallen", { name: nameOf(id) }),
  }));
  const { minotaur } = frame.board;
  if (minotaur === null) return heroes;
  const { q, r, health, alive } = minotaur;
  return [
    ...heroes,
    {
      id: MINOTAUR,
      kind: "minotaur",
      q,
      r,
      health,
      fallen: !alive,
      label: t("game-figure", { name: t("game-minotaur-first"), health }),
    },
  ];
}

/** Those whom one player saw. */
export function figuresIn(sight: Seen, viewer: string | null, nameOf: NameOf): BoardFigure[] {
  return sight.figures.map(({ id, q, r, health }) => ({
    id,
    kind: id === MINOTAUR ? "minotaur" : "hero",
    q,
    r,
    health,
    you: id === viewer,
    label: t("game-figure", { name: id === MINOTAUR ? t("game-minotaur-first") : nameOf(id), health }),
  }));
}

/** Blows and bumps of this frame; one for each figure, the last. */
export function effectsOf(frame: Frame): Effect[] {
  const effects = new Map<string, Effect>();
  for (const event of frame.events) {
    if (isOf(event, "blow")) {
      const earlier = effects.get(event.target_id);
      const damage = event.damage + (earlier?.kind === "hit" ? earlier.damage : 0);
      const kind = damage > 0 ? "hit" : "miss";
      effects.set(event.target_id, {
        key: String(event.seq),
        kind,
        id: event.target_id,
        damage,
        vector: { q: 0, r: 0 },
      });
    }
    if (isOf(event, "bump")) {
      effects.set(event.id, { key: String(event.seq), kind: "bump", id: event.id, damage: 0, vector: event.vector });
    }
  }
  return [...effects.values()];
}

export interface Arrow {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
}

/** Where everybody means to go: each move an arrow, a little beside the middle so that two ways do not hide each other. */
export function arrowsOf(frame: Frame): Arrow[] {
  if (frame.moment !== 0) return [];
  return frame.board.heroes
    .filter((hero) => hero.alive)
    .flatMap((hero) => way(hero.id, hero, frame.plans.get(hero.id) ?? []));
}

function way(id: string, start: Hex, steps: readonly PlanStep[]): Arrow[] {
  const aside = (Number(id.slice(1)) % 5) * 4 - 8;
  let at = start;
  const arrows: Arrow[] = [];
  for (const step of steps) {
    const next = placeAfter(step, at);
    if (same(next, at)) continue;
    arrows.push({ id, ...beside(middle(at), middle(next), aside) });
    at = next;
  }
  return arrows;
}

function beside(from: Point, to: Point, aside: number): { from: Point; to: Point } {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const across = { x: -along.y * aside, y: along.x * aside };
  const at = (share: number): Point => ({
    x: from.x + (to.x - from.x) * share + across.x,
    y: from.y + (to.y - from.y) * share + across.y,
  });
  return { from: at(0.16), to: at(0.84) };
}

/** An arrow from one point to another as an SVG path, its head included. */
export function arrowPath({ from, to }: Arrow): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const barb = (turn: number) => {
    const x = to.x - 9 * Math.cos(angle + turn);
    const y = to.y - 9 * Math.sin(angle + turn);
    return `M${x.toFixed(1)} ${y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  };
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}${barb(0.5)}${barb(-0.5)}`;
}

/** How far an arrow pointing east must be turned, in degrees, to point along one of the six directions. */
export function turnOf(vector: Hex): number {
  const { x, y } = middle(vector);
  return Math.round((Math.atan2(y, x) * 180) / Math.PI);
}

/** "Round 4 · plans", "Round 4 · step 2", "Round 4 · after". */
export function momentWords(frame: Frame): string {
  if (frame.moment === 0) return t("replay-the-plans");
  return frame.moment === 5 ? t("replay-the-end") : t("replay-step", { step: frame.moment });
}

export interface Fall {
  /** The frame it happens in. */
  readonly at: number;
  /** Who fell there; some fall together. */
  readonly ids: readonly string[];
}

/** Where on the time line somebody fell. */
export function fallsOf(frames: readonly Frame[]): Fall[] {
  return frames.flatMap((frame, at) => {
    const ids = frame.events.filter((event) => isOf(event, "fall")).flatMap(fallenIn);
    return ids.length === 0 ? [] : [{ at, ids }];
  });
}

function fallenIn(event: EventOf<ReplayEvent, "fall">): string[] {
  switch (event.type) {
    case "killed":
    case "resigned":
      return [event.id];
    case "minotaur_slain":
      return []; // It is on no seat.
    default:
      return assertNever(event, []);
  }
}

/** The frame of the next or the last round's plans, seen from `index`. */
export function roundFrom(frames: readonly Frame[], index: number, by: 1 | -1): number {
  const starts = frames.flatMap((frame, at) => (frame.moment === 0 ? [at] : []));
  const found = by === 1 ? starts.find((at) => at > index) : starts.findLast((at) => at < index);
  return found ?? (by === 1 ? frames.length - 1 : 0);
}

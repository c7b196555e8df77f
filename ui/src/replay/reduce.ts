/** A finished game as a row of still pictures: from the start and the events, what stood where after every step.
 *
 * Pure. A game is cut into rounds, a round into up to six frames: the plans (nobody has moved yet), the steps in
 * which something happened, and what came after them (a ring falls, the game ends).
 */

import { assertNever } from "@clew/client";
import type { PlanStep, Replay, ReplayEvent, ReplayInitial, Terrain } from "$lib/wire";
import { distance, type Hex } from "../board/geometry";

export const MINOTAUR = "minotaur";

export interface ReplayHexNow extends Hex {
  readonly terrain: Terrain;
  readonly cracked: boolean;
}

export interface HeroNow extends Hex {
  readonly id: string;
  readonly health: number;
  readonly alive: boolean;
}

export interface MinotaurNow extends Hex {
  readonly health: number;
  readonly alive: boolean;
}

export interface Board {
  readonly hexes: readonly ReplayHexNow[];
  readonly heroes: readonly HeroNow[];
  readonly minotaur: MinotaurNow | null;
}

/** 0: the plans are made; 1 to 4: after that step; 5: after the round. */
export type Moment = 0 | 1 | 2 | 3 | 4 | 5;

export interface Frame {
  readonly round: number;
  readonly moment: Moment;
  readonly board: Board;
  /** What happened on the way from the frame before to this one. */
  readonly events: readonly ReplayEvent[];
  /** The plan each hero followed in this round: the last one taken. */
  readonly plans: ReadonlyMap<string, readonly PlanStep[]>;
  /** Seats a bot planned for in this round because nobody was there. */
  readonly autopilot: readonly string[];
}

const AFTERMATH: Moment = 5;

/** At least one frame, even for a game without events: the start. */
export function framesOf(replay: Replay): Frame[] {
  let board = boardAtStart(replay.initial);
  const frames: Frame[] = [];
  for (const round of roundsOf(replay.events.filter(isOfTheGame))) {
    const plans = plansOf(round.events);
    for (const [moment, events] of momentsOf(round.events)) {
      for (const event of events) board = after(board, event, replay.initial);
      frames.push({ round: round.round, moment, board, events, plans, autopilot: round.autopilot });
    }
  }
  if (frames.length > 0) return frames;
  return [{ round: 1, moment: 0, board, events: [], plans: new Map(), autopilot: [] }];
}

/** Whether an event belongs to the game itself: not to its lobby, and no answer that was a refusal. */
function isOfTheGame(event: ReplayEvent): boolean {
  return event.round > 0 && event.type !== "game_started" && event.type !== "command_refused";
}

export function boardAtStart(initial: ReplayInitial): Board {
  return {
    hexes: initial.hexes.map(({ q, r, terrain }) => ({ q, r, terrain, cracked: false })),
    heroes: initial.heroes.map(({ id, q, r, health }) => ({ id, q, r, health, alive: true })),
    minotaur: initial.minotaur === null ? null : { ...initial.minotaur, alive: true },
  };
}

/** The board after one event. Events that say nothing about the board leave it as it is. */
export function after(board: Board, event: ReplayEvent, initial: ReplayInitial): Board {
  switch (event.type) {
    case "pc_entered_hex":
      return event.id === MINOTAUR
        ? withMinotaur(board, { q: event.hex.q, r: event.hex.r })
        : withHero(board, event.id, () => ({ q: event.hex.q, r: event.hex.r }));
    case "pc_attacked":
      if (!event.hit) return board;
      return event.target_id === MINOTAUR
        ? withMinotaur(board, { health: Math.max(0, (board.minotaur?.health ?? 0) - event.damage) })
        : withHero(board, event.target_id, (hero) => ({ health: Math.max(0, hero.health - event.damage) }));
    case "killed":
    case "resigned":
      return withHero(board, event.id, () => ({ alive: false }));
    case "minotaur_slain":
      return event.healed.reduce(
        (healed, id) => withHero(healed, id, () => ({ health: fullHealth(initial, id) })),
        withMinotaur(board, { health: 0, alive: false }),
      );
    case "tremor":
      return withRing(board, initial, event.ring, (hex) => ({ ...hex, cracked: hex.terrain === "floor" }));
    case "collapsed":
      return afterCollapse(board, initial, event.ring, event.minotaur_leaps);
    case "drained":
      return {
        ...board,
        heroes: board.heroes.map((hero) =>
          hero.alive ? { ...hero, health: Math.max(0, hero.health - event.damage) } : hero,
        ),
      };
    case "game_created":
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "command_refused":
    case "round_started":
    case "plan_accepted":
    case "ready_accepted":
    case "pc_left_hex":
    case "pc_bumped":
    case "noise":
    case "clock_credited":
    case "agreed":
    case "paused":
    case "went_on":
    case "autopilot_began":
    case "game_over":
      return board;
    default:
      return assertNever(event, board);
  }
}

/** The ring becomes a hole; the Minotaur, if it stood there, leaps home. Deaths are told by their own events. */
function afterCollapse(board: Board, initial: ReplayInitial, ring: number, leaps: boolean): Board {
  const fallen = withRing(board, initial, ring, (hex) => ({ ...hex, terrain: "chasm", cracked: false }));
  return leaps ? withMinotaur(fallen, { q: initial.lair.q, r: initial.lair.r }) : fallen;
}

function withHero(board: Board, id: string, change: (hero: HeroNow) => Partial<HeroNow>): Board {
  return { ...board, heroes: board.heroes.map((hero) => (hero.id === id ? { ...hero, ...change(hero) } : hero)) };
}

function withMinotaur(board: Board, change: Partial<MinotaurNow>): Board {
  return board.minotaur === null ? board : { ...board, minotaur: { ...board.minotaur, ...change } };
}

function withRing(
  board: Board,
  initial: ReplayInitial,
  ring: number,
  change: (hex: ReplayHexNow) => ReplayHexNow,
): Board {
  return { ...board, hexes: board.hexes.map((hex) => (distance(hex, initial.lair) === ring ? change(hex) : hex)) };
}

function fullHealth(initial: ReplayInitial, id: string): number {
  return initial.heroes.find((hero) => hero.id === id)?.health ?? 0;
}

interface Round {
  readonly round: number;
  readonly autopilot: readonly string[];
  readonly events: readonly ReplayEvent[];
}

/** Events by the round they say they belong to, in order. */
function roundsOf(events: readonly ReplayEvent[]): Round[] {
  const rounds: { round: number; autopilot: readonly string[]; events: ReplayEvent[] }[] = [];
  for (const event of events) {
    let current = rounds.at(-1);
    if (current === undefined || event.round > current.round) {
      current = { round: event.round, autopilot: [], events: [] };
      rounds.push(current);
    }
    if (event.type === "round_started") current.autopilot = event.autopilot;
    current.events.push(event);
  }
  return rounds;
}

function plansOf(events: readonly ReplayEvent[]): Map<string, readonly PlanStep[]> {
  const plans = new Map<string, readonly PlanStep[]>();
  for (const event of events) if (event.type === "plan_accepted") plans.set(event.id, event.steps);
  return plans;
}

/** The plans' frame always; the others only where something happened. */
function momentsOf(events: readonly ReplayEvent[]): [Moment, ReplayEvent[]][] {
  const moments = new Map<Moment, ReplayEvent[]>([[0, []]]);
  let moment: Moment = 0;
  for (const event of events) {
    if (event.step >= 1 && event.step <= 4) moment = event.step as Moment;
    else if (moment !== 0 || endsRound(event)) moment = AFTERMATH;
    const told = moments.get(moment);
    if (told === undefined) moments.set(moment, [event]);
    else told.push(event);
  }
  return [...moments];
}

function endsRound(event: ReplayEvent): boolean {
  return ["collapsed", "drained", "killed", "game_over"].includes(event.type);
}

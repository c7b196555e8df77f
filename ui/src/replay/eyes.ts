/** A finished game as one of those who played it saw it: the server's rules of sight, once more, over the open board.
 *
 * Pure. Held against the rules themselves in eyes.test.ts: `sight` and `looking` in src/minotaur/rules.
 */

import type { Direction, Replay, ReplayEvent, ReplayInitial } from "$lib/wire";
import { assertNever } from "@clew/client";
import { add, DIRECTIONS, keyOf, type DirectionInfo, type Hex } from "../board/geometry";
import type { BoardHex } from "../board/shapes";
import { after, boardAtStart, MINOTAUR, type Board, type Frame, type ReplayHexNow } from "./reduce";

/** Whence it is seen. `gallery`: the fallen see the whole board, some rounds late; `nowhere`: not yet, or never. */
export type Place = "hero" | "gallery" | "nowhere" | "everywhere";

export interface Seen {
  readonly from: Place;
  /** The board of which round it is. */
  readonly round: number;
  readonly centre: Hex;
  readonly hexes: readonly BoardHex[];
  /** All living figures in sight, where they stand: heroes by seat, then the Minotaur. */
  readonly figures: readonly { readonly id: string; readonly q: number; readonly r: number; readonly health: number }[];
}

/** As `settings.sight`: every hex, however far. */
const SIGHT_ALL = -1;

/** One for each frame. */
export function seenBy(replay: Replay, frames: readonly Frame[], viewer: string): Seen[] {
  const { initial } = replay;
  const eyes = new Eyes(initial, viewer);
  const begun = new Map<number, Board>([[1, boardAtStart(initial)]]);
  let board = boardAtStart(initial);
  let over = false;
  eyes.look(board);
  return frames.map((frame) => {
    for (const event of frame.events) {
      board = after(board, event, initial);
      if (event.type === "round_started" || event.type === "tremor") begun.set(event.round, board);
      if (event.type === "collapsed" || (event.type === "pc_entered_hex" && event.id === viewer)) eyes.look(board);
      over ||= event.type === "game_over";
    }
    return eyes.see(board, frame.round, over, begun);
  });
}

/** What a hero sees, and remembers of what it saw. */
class Eyes {
  private readonly memory = new Map<string, ReplayHexNow>();
  private readonly steps: number;

  constructor(
    private readonly initial: ReplayInitial,
    private readonly viewer: string,
  ) {
    this.steps = Number(initial.settings["sight"] ?? SIGHT_ALL);
  }

  /** Keeps in mind what is in sight now. Who falls with a ring sees no more of it. */
  look(board: Board): void {
    const hero = this.heroIn(board);
    if (hero === null || board.hexes.some((hex) => hex.terrain === "chasm" && keyOf(hex) === keyOf(hero))) return;
    for (const hex of this.inSight(board, hero)) this.memory.set(keyOf(hex), { ...hex, cracked: false });
  }

  see(board: Board, round: number, over: boolean, begun: ReadonlyMap<number, Board>): Seen {
    const hero = this.heroIn(board);
    if (over) return wholeOf(board, round, hero ?? this.initial.lair, "everywhere");
    if (hero !== null) return this.fromHero(board, round, hero);
    const { gallery, gallery_delay: delay } = this.initial.settings as { gallery?: string; gallery_delay?: number };
    const due = round - (this.keepsUp() ? 0 : (delay ?? 0));
    const then = gallery === "closed" ? undefined : begun.get(due);
    if (then !== undefined) return wholeOf(then, due, this.initial.lair, "gallery");
    return { from: "nowhere", round, centre: this.initial.lair, hexes: [], figures: [] };
  }

  /** Since the second revision of the rules the gallery sees what all who play see. */
  private keepsUp(): boolean {
    return this.steps === SIGHT_ALL && Number(this.initial.settings["rules_revision"] ?? 1) > 1;
  }

  private fromHero(board: Board, round: number, hero: Hex): Seen {
    const seen = this.inSight(board, hero);
    const lit = new Map(seen.map((hex) => [keyOf(hex), { ...hex, lit: true }]));
    const remembered = [...this.memory.values()]
      .filter((hex) => !lit.has(keyOf(hex)))
      .map((hex) => ({ ...hex, lit: false }));
    const figures = livingIn(board).filter((figure) => lit.get(keyOf(figure))?.terrain === "floor");
    return { from: "hero", round, centre: { q: hero.q, r: hero.r }, hexes: [...lit.values(), ...remembered], figures };
  }

  /** The floor within so many steps of walking, and the rock and chasm that touch it; or the whole board. */
  private inSight(board: Board, from: Hex): ReplayHexNow[] {
    if (this.steps === SIGHT_ALL) return [...board.hexes];
    const hexes = new Map(board.hexes.map((hex) => [keyOf(hex), hex]));
    const seen = new Map<string, ReplayHexNow>();
    let edge: Hex[] = [from];
    for (let step = 0; step <= this.steps && edge.length > 0; step += 1) {
      const floor = edge.map((at) => hexes.get(keyOf(at))).filter((hex) => hex?.terrain === "floor");
      for (const hex of floor) if (hex !== undefined) seen.set(keyOf(hex), hex);
      edge = floor
        .flatMap((hex) => (hex === undefined ? [] : DIRECTIONS.map(({ vector }) => add(hex, vector))))
        .filter((at) => !seen.has(keyOf(at)));
    }
    for (const { q, r } of [...seen.values()]) {
      for (const { vector } of DIRECTIONS) {
        const beside = hexes.get(keyOf(add({ q, r }, vector)));
        if (beside !== undefined && beside.terrain !== "floor") seen.set(keyOf(beside), beside);
      }
    }
    return [...seen.values()];
  }

  private heroIn(board: Board): Hex | null {
    return board.heroes.find(({ id, alive }) => id === this.viewer && alive) ?? null;
  }
}

function wholeOf(board: Board, round: number, centre: Hex, from: Place): Seen {
  const hexes = board.hexes.map((hex) => ({ ...hex, lit: true }));
  return { from, round, centre: { q: centre.q, r: centre.r }, hexes, figures: livingIn(board) };
}

function livingIn({ heroes, minotaur }: Board): Seen["figures"] {
  const all = minotaur === null ? heroes : [...heroes, { ...minotaur, id: MINOTAUR }];
  return all.filter(({ alive }) => alive).map(({ id, q, r, health }) => ({ id, q, r, health }));
}

/** Whether this player was told of it in the game. Who witnessed what stands in the event's own notation. */
export function wasTold(event: ReplayEvent, viewer: string): boolean {
  switch (event.type) {
    case "pc_entered_hex":
    case "pc_left_hex":
    case "pc_attacked":
      return namesIn(event.notation, "witnesses").includes(viewer);
    case "noise":
      return event.heard_by.includes(viewer);
    case "pc_bumped":
    case "plan_accepted":
    case "ready_accepted":
    case "command_refused":
      return event.id === viewer;
    case "game_created":
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "round_started":
    case "killed":
    case "resigned":
    case "minotaur_slain":
    case "tremor":
    case "collapsed":
    case "drained":
    case "clock_credited":
    case "agreed":
    case "paused":
    case "went_on":
    case "autopilot_began":
    case "game_over":
      return true;
    default:
      return assertNever(event, false);
  }
}

/** From where this player heard a noise; undefined for any other event, and for who did not hear it. */
export function heardFrom(event: ReplayEvent, viewer: string): DirectionInfo | undefined {
  if (event.type !== "noise") return undefined;
  const heard = namesIn(event.notation, "heard").find((each) => each.startsWith(`${viewer}:`));
  const name = heard?.slice(viewer.length + 1) as Direction | undefined;
  return DIRECTIONS.find((each) => each.name === name);
}

function namesIn(notation: string, field: string): string[] {
  return new RegExp(` ${field}=(\\S+)`).exec(notation)?.[1]?.split(",") ?? [];
}

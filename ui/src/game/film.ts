/** Telling a round: what one viewer learned of it, laid out as scenes in time. Pure.
 *
 * Places in a scene are counted from wherever the viewer's hero stood on the page's map (`origin`), so that the camera
 * can follow the hero over a floor that stays where it is. Somebody whose way was not seen walks a plausible one.
 */

import { add, HERE, keyOf, type Hex } from "../board/geometry";
import type { BoardHex, Effect } from "../board/shapes";
import { isOf, type EventOf } from "../lib/events";
import { assertNever } from "@clew/client";
import type { ShownEvent, View } from "../lib/wire";
import { vectorOf, waysOf, type Way } from "./ways";

/** How long blows, deaths, moves and the end are looked at. */
export const BLOWS_MS = 420;
export const DEATHS_MS = 420;
export const MOVES_MS = 300;
export const AFTERMATH_MS = 500;
const STEPS = [1, 2, 3, 4] as const;

export interface SceneFigure extends Hex {
  readonly id: string;
  readonly kind: "hero" | "minotaur";
  readonly health: number | null;
  readonly fallen: boolean;
  /** Not seen any more (or not yet). */
  readonly fading: boolean;
}

/** What is on the screen for `hold_ms`; the log is told up to and with `told`. */
export interface Scene {
  readonly step: number;
  readonly camera: Hex;
  readonly figures: readonly SceneFigure[];
  readonly hexes: readonly BoardHex[];
  readonly effects: readonly Effect[];
  readonly told: number;
  readonly hold_ms: number;
}

export interface Film {
  readonly scenes: readonly Scene[];
  /** Where the viewer's hero stands at the end: the next `origin`. */
  readonly origin: Hex;
}

/** Whether a piece of news ends exactly one round that this viewer was watching from their own hero's place. */
export function isOneRound(before: View | null, events: readonly ShownEvent[]): boolean {
  if (before === null || before.viewer !== "player" || before.you === null || before.game_status !== "active")
    return false;
  const ended = events.filter((event) => isOfARoundsEnd(event));
  return ended.length > 0 && ended.every((event) => event.round === before.round);
}

/** How far the viewer's own hero went, by what they were told. */
export function wentBy(events: readonly ShownEvent[], you: string | null): Hex {
  return events.reduce<Hex>((sum, event) => add(sum, vectorOf(event, you)), HERE);
}

export function filmOf(before: View, events: readonly ShownEvent[], after: View, origin: Hex): Film {
  const you = before.you?.player_id ?? null;
  const shift = wentBy(events, you);
  const end = add(origin, shift);
  const watching = after.viewer === "player";
  const ways = waysOf(before, events, watching ? after : null, shift);
  const stones = merged(hexesAt(before, origin), watching ? hexesAt(after, end) : []);
  const cast = new Cast(before, ways, origin);
  const scenes: Scene[] = [];
  let told = 0;

  for (const step of STEPS) {
    const now = events.filter((event) => "step" in event && event.step === step);
    const blows = now.filter((event) => isOf(event, "blow"));
    const deaths = now.filter((event) => isOf(event, "fall"));
    const bumps = now.filter((event) => isOf(event, "bump"));
    const shoot = (part: readonly ShownEvent[], effects: readonly Effect[], hold_ms: number): void => {
      told = part.reduce((latest, event) => Math.max(latest, event.seq), told);
      const camera = add(origin, ways.get(you ?? "")?.[cast.at] ?? HERE);
      scenes.push({ step, camera, figures: cast.figures(), hexes: stones, effects, told, hold_ms });
    };

    if (blows.length > 0) {
      const effects = blows.map((event) => cast.struck(event, event.id === you));
      shoot(blows, effects, BLOWS_MS);
    }
    if (deaths.length > 0) {
      for (const event of deaths) cast.fall(fallenIn(event));
      shoot(deaths, [], DEATHS_MS);
    }
    const someoneMoves = cast.moveTo(step);
    if (someoneMoves || bumps.length > 0) {
      const effects = bumps.map((event): Effect => ({
        key: `${event.seq}`,
        kind: "bump",
        id: event.id,
        damage: 0,
        vector: event.vector,
      }));
      shoot(now, effects, MOVES_MS);
    } else if (now.length > 0) {
      told = Math.max(told, ...now.map((event) => event.seq));
    }
  }

  const collapse = events.filter((event) => event.type !== "skip" && event.step === 0 && isOfARoundsEnd(event));
  for (const event of collapse) if (event.type === "killed") cast.fall(event.id);
  if (scenes.length > 0 || collapse.some((event) => event.type === "collapsed" || event.type === "killed")) {
    told = Math.max(told, ...collapse.map((event) => event.seq), 0);
    const ground = watching ? hexesAt(after, end) : stones;
    scenes.push({
      step: 0,
      camera: end,
      figures: cast.figures(),
      hexes: ground,
      effects: [],
      told,
      hold_ms: AFTERMATH_MS,
    });
  }
  return { scenes, origin: end };
}

/** A view's stones where they lie on the page's map. */
export function hexesAt(view: View, origin: Hex): BoardHex[] {
  return view.hexes.map((hex) => ({
    ...add(hex, origin),
    terrain: hex.terrain,
    cracked: hex.cracked,
    lit: hex.in_sight,
  }));
}

export function figuresAt(view: View, origin: Hex): SceneFigure[] {
  return view.characters.map((character) => ({
    id: character.id,
    kind: character.kind,
    health: character.health,
    fallen: false,
    fading: false,
    ...add(character, origin),
  }));
}

/** Who is on the screen, how they are and how far along their ways. */
class Cast {
  at = 0;
  readonly #ways: ReadonlyMap<string, Way>;
  readonly #origin: Hex;
  readonly #health = new Map<string, number>();
  readonly #fallen = new Set<string>();

  constructor(before: View, ways: ReadonlyMap<string, Way>, origin: Hex) {
    this.#ways = ways;
    this.#origin = origin;
    for (const character of before.characters) this.#health.set(character.id, character.health);
  }

  struck({ seq, target_id: id, hit, damage }: EventOf<ShownEvent, "blow">, yours: boolean): Effect {
    const health = this.#health.get(id);
    if (hit && health !== undefined) this.#health.set(id, Math.max(0, health - damage));
    return { key: `${seq}`, kind: hit ? "hit" : "miss", id, damage, yours, vector: HERE };
  }

  fall(id: string): void {
    this.#fallen.add(id);
  }

  /** Go on to where all stand after `step`; tells whether anyone in the picture moves. */
  moveTo(step: number): boolean {
    const from = this.at;
    this.at = step;
    return [...this.#ways].some(([id, way]) => !this.#fallen.has(id) && place(way, from) !== place(way, step));
  }

  figures(): SceneFigure[] {
    return [...this.#ways].flatMap(([id, way]) => {
      const here = way[this.at];
      const seen = here ?? lastSeen(way, this.at);
      if (seen === null) return [];
      return {
        id,
        kind: id === "minotaur" ? "minotaur" : "hero",
        health: this.#health.get(id) ?? null,
        fallen: this.#fallen.has(id),
        fading: here === null,
        ...add(seen, this.#origin),
      } satisfies SceneFigure;
    });
  }
}

function place(way: Way, at: number): string {
  const here = way[at];
  return here === null || here === undefined ? "" : keyOf(here);
}

function lastSeen(way: Way, at: number): Hex | null {
  for (let i = at; i >= 0; i -= 1) {
    const here = way[i];
    if (here !== null && here !== undefined) return here;
  }
  return null;
}

function merged(old: readonly BoardHex[], young: readonly BoardHex[]): BoardHex[] {
  const all = new Map(old.map((hex) => [keyOf(hex), hex]));
  for (const hex of young) {
    const known = all.get(keyOf(hex));
    // A hole that is there only afterwards is shown in the last scene, when the ring falls.
    all.set(keyOf(hex), known === undefined ? hex : { ...known, lit: known.lit || hex.lit });
  }
  return [...all.values()];
}

function fallenIn(event: EventOf<ShownEvent, "fall">): string {
  switch (event.type) {
    case "killed":
    case "resigned":
      return event.id;
    case "minotaur_slain":
      return "minotaur";
    default:
      return assertNever(event, "");
  }
}

function isOfARoundsEnd(event: ShownEvent): event is Exclude<ShownEvent, { type: "skip" }> {
  switch (event.type) {
    case "skip":
    case "player_joined":
    case "left":
    case "sent_away":
    case "host_passed":
    case "seat_changed":
    case "released":
    case "settings_changed":
    case "game_started":
    case "game_canceled":
    case "round_started":
    case "plan_accepted":
    case "ready_accepted":
    case "clock_credited":
    case "agreed":
    case "paused":
    case "went_on":
    case "autopilot_began":
    case "tremor":
    case "resigned":
      return false;
    case "pc_entered_hex":
    case "pc_left_hex":
    case "pc_bumped":
    case "pc_attacked":
    case "noise":
    case "killed":
    case "minotaur_slain":
    case "collapsed":
    case "drained":
    case "game_over":
      return true;
    default:
      return assertNever(event, true);
  }
}

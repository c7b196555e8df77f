/** What the board shows right now: the newest view, or the telling of the round that just ended. */

import { add, HERE, type Hex } from "../board/geometry";
import type { BoardHex, Effect } from "../board/shapes";
import type { News } from "@clew/client";
import type { Minotaur } from "../lib/minotaur";
import type { Room } from "../lib/room.svelte";
import type { ShownEvent, View } from "../lib/wire";
import { figuresAt, filmOf, hexesAt, isOneRound, wentBy, type Scene, type SceneFigure } from "./film";
import { bearingOf, isBeside, rimOf, shifted, wallsOf, type Rim, type Wall } from "./rim";
import { stillsOf, type Trail } from "./stills";
import type { Telling } from "./telling";
import type { Terms } from "./terms";

export class Stage {
  readonly #room: Room;
  readonly #telling: () => Telling;
  readonly #terms: () => Terms;
  /** Places beside the board, on the page's map, seen since it was begun. */
  #beside: Hex[] = [];
  /** Where the viewer's hero (a spectator: the lair) stands on this page's map, so that stones keep their names. */
  #origin: Hex = $state.raw(HERE);
  #scenes: (Scene & { readonly trails?: readonly Trail[] })[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** What is known so far in the telling: the view before the round's end while it is told, then the newest one. */
  view: View | null = $state.raw(null);
  hexes: readonly BoardHex[] = $state.raw([]);
  figures: readonly SceneFigure[] = $state.raw([]);
  effects: readonly Effect[] = $state.raw([]);
  camera: Hex = $state.raw(HERE);
  /** The log is told up to and with this number. */
  told = $state(Number.MAX_SAFE_INTEGER);
  /** What is shown now tells of what came after this number. */
  since = $state(Number.MAX_SAFE_INTEGER);
  /** The step that is being told, 0 outside of steps. */
  step = $state(0);
  /** The round is told in still frames. */
  still = $state(false);
  /** What is known of the board's end and the lair, as seen from the hero. */
  rim: Rim = $state.raw({ outside: [], lairs: [], radius: 0 });
  /** The outer wall as far as it is known, and the lair where it is, on the page's map. */
  walls: readonly Wall[] = $state.raw([]);
  lair: Hex | null = $state.raw(null);
  /** In a still: who went where since the one before. */
  trails: readonly Trail[] = $state.raw([]);

  /** `telling` is asked before each round's end that could be told. */
  constructor(room: Room, telling: () => Telling, terms: () => Terms) {
    this.#room = room;
    this.#terms = terms;
    this.#telling = telling;
    if (room.view !== null) this.#show(room.view);
  }

  get origin(): Hex {
    return this.#origin;
  }

  /** Whether a place, as seen from the hero, is known to lie beside the board. */
  ends(place: Hex): boolean {
    return isBeside(this.rim, place);
  }

  /** Follow the room. Gives the way to stop. */
  follow(): () => void {
    const deaf = this.#room.listen((news, before) => this.#hear(news, before));
    return () => {
      deaf();
      this.skip();
    };
  }

  /** The next still, or the end after the last one. */
  goOn(): void {
    if (!this.#room.telling) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#next();
  }

  /** The rest of the film at once. */
  skip(): void {
    if (!this.#room.telling) return;
    this.#scenes = [];
    this.#end();
  }

  #hear(news: News<Minotaur>, before: View | null): void {
    const telling = news.kind === "live" && isOneRound(before, news.events) ? this.#telling() : "none";
    if (telling !== "none" && before !== null) {
      this.skip();
      this.#play(before, news.events, news.view, telling === "stills");
      return;
    }
    if (news.kind === "changed") this.skip();
    if (news.kind === "fresh" || news.kind === "changed" || before?.viewer !== news.view.viewer) this.#beginMap();
    else if (news.view.viewer === "player") this.#goAlong(news.events, news.view);
    if (!this.#room.telling) this.#show(news.view);
  }

  #lairOf(view: View): Hex | null {
    if (view.viewer === "spectator") return view.hexes.length > 0 ? HERE : null; // all is counted from there
    const place = bearingOf(this.rim)?.place ?? null;
    return place === null ? null : add(place, this.#origin);
  }

  #beginMap(): void {
    this.#origin = HERE;
    this.#beside = [];
  }

  #goAlong(events: readonly ShownEvent[], view: View): void {
    this.#origin = add(this.#origin, wentBy(events, view.you?.player_id ?? null));
  }

  #play(before: View, events: readonly ShownEvent[], after: View, still: boolean): void {
    const film = filmOf(before, events, after, this.#origin);
    const told = (events[0]?.seq ?? 1) - 1;
    this.#scenes = still ? stillsOf(film.scenes, figuresAt(before, this.#origin), told) : [...film.scenes];
    this.still = still;
    this.#origin = after.viewer === before.viewer ? film.origin : HERE;
    this.view = before;
    this.told = told;
    this.#room.telling = true;
    this.#next();
  }

  #next(): void {
    const scene = this.#scenes.shift();
    if (scene === undefined) {
      this.#end();
      return;
    }
    this.hexes = scene.hexes;
    this.figures = scene.figures;
    this.effects = scene.effects;
    this.camera = scene.camera;
    this.step = scene.step;
    this.trails = scene.trails ?? [];
    this.since = this.told;
    this.told = Math.max(this.told, scene.told);
    this.#timer = setTimeout(() => this.#next(), scene.hold_ms);
  }

  #end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#room.telling = false;
    if (this.#room.view !== null) this.#show(this.#room.view);
  }

  #show(view: View): void {
    this.view = view;
    this.rim = rimOf(view, this.#terms(), shifted(this.#beside, this.#origin));
    this.walls = wallsOf(view, this.rim).map(({ place, side }) => ({ place: add(place, this.#origin), side }));
    this.lair = this.#lairOf(view);
    this.#beside = this.rim.outside.map((place) => add(place, this.#origin));
    this.hexes = hexesAt(view, this.#origin);
    this.figures = figuresAt(view, this.#origin);
    this.effects = [];
    this.camera = this.#origin;
    this.trails = [];
    this.step = 0;
    this.still = false;
    this.told = Number.MAX_SAFE_INTEGER;
    this.since = this.told;
  }
}

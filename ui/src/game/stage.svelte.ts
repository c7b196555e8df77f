/** What the board shows right now: the newest view, or the telling of the round that just ended. */

import { add, HERE, type Hex } from "../board/geometry";
import type { BoardHex, Effect } from "../board/shapes";
import type { News } from "@clew/client";
import type { Minotaur } from "../lib/minotaur";
import type { Room } from "../lib/room.svelte";
import type { ShownEvent, View } from "../lib/wire";
import { figuresAt, filmOf, hexesAt, isOneRound, wentBy, type Scene, type SceneFigure } from "./film";

export class Stage {
  readonly #room: Room;
  readonly #mayMove: () => boolean;
  /** Where the viewer's hero (a spectator: the lair) stands on this page's map, so that stones keep their names. */
  #origin: Hex = $state.raw(HERE);
  #scenes: Scene[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** What is known so far in the telling: the view before the round's end while it is told, then the newest one. */
  view: View | null = $state.raw(null);
  hexes: readonly BoardHex[] = $state.raw([]);
  figures: readonly SceneFigure[] = $state.raw([]);
  effects: readonly Effect[] = $state.raw([]);
  camera: Hex = $state.raw(HERE);
  /** The log is told up to and with this number. */
  told = $state(Number.MAX_SAFE_INTEGER);
  /** The step that is being told, 0 outside of steps. */
  step = $state(0);

  /** `mayMove` is asked before each film: false shows the end at once (less motion wanted, or nobody looks). */
  constructor(room: Room, mayMove: () => boolean) {
    this.#room = room;
    this.#mayMove = mayMove;
    if (room.view !== null) this.#show(room.view);
  }

  get origin(): Hex {
    return this.#origin;
  }

  /** Follow the room. Gives the way to stop. */
  follow(): () => void {
    const deaf = this.#room.listen((news, before) => this.#hear(news, before));
    return () => {
      deaf();
      this.skip();
    };
  }

  /** The rest of the film at once. */
  skip(): void {
    if (!this.#room.telling) return;
    this.#scenes = [];
    this.#end();
  }

  #hear(news: News<Minotaur>, before: View | null): void {
    if (this.#tellable(news, before) && before !== null) {
      this.skip();
      this.#play(before, news.events, news.view);
      return;
    }
    if (news.kind === "changed") this.skip();
    if (news.kind === "fresh" || news.kind === "changed" || before?.viewer !== news.view.viewer) this.#origin = HERE;
    else if (news.view.viewer === "player") this.#goAlong(news.events, news.view);
    if (!this.#room.telling) this.#show(news.view);
  }

  #tellable(news: News<Minotaur>, before: View | null): boolean {
    return news.kind === "live" && isOneRound(before, news.events) && this.#mayMove();
  }

  #goAlong(events: readonly ShownEvent[], view: View): void {
    this.#origin = add(this.#origin, wentBy(events, view.you?.player_id ?? null));
  }

  #play(before: View, events: readonly ShownEvent[], after: View): void {
    const film = filmOf(before, events, after, this.#origin);
    this.#origin = after.viewer === before.viewer ? film.origin : HERE;
    this.#scenes = [...film.scenes];
    this.view = before;
    this.told = (events[0]?.seq ?? 1) - 1;
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
    this.hexes = hexesAt(view, this.#origin);
    this.figures = figuresAt(view, this.#origin);
    this.effects = [];
    this.camera = this.#origin;
    this.step = 0;
    this.told = Number.MAX_SAFE_INTEGER;
  }
}

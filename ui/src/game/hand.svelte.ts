/** The player's hand: what a tap on the board, a key or a button asks for, and what becomes of it. */

import { t } from "$parts/catalogue/catalogue";
import { DIRECTIONS, same, subtract, type DirectionInfo, type Hex } from "../board/geometry";
import { assertNever, steadyNow_ms } from "@clew/client";
import type { Room } from "../lib/room.svelte";
import type { Character, PlanStep, View } from "../lib/wire";
import { actOf, type KeyAct } from "./keys";
import { ghostOf, mayAttack, mayMove, mayPlan, mayWait, stepTowards, targetsOf, walkTo, without } from "./planning";
import type { Verdict } from "./planning";
import type { Stage } from "./stage.svelte";

/** How long an answer to a tap stays on the board. */
const SAY_MS = 3_200;
/** The second half of a double click comes sooner than this, and is not meant for what has just appeared under it. */
const STRAY_MS = 400;

/** Keys that turn the page while a round is told in still frames; any other skips the rest, as it does a film. */
const STEADY: Record<KeyAct["type"], boolean> = { ready: true, attack: true, move: false, wait: false, undo: false };

export class Hand {
  readonly #room: Room;
  readonly #stage: Stage;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told_ms = -Infinity;
  #skipped_ms = -Infinity;

  /** Why something can't be done, or what to know about it; null when there is nothing to say. */
  said: string | null = $state(null);

  constructor(room: Room, stage: Stage) {
    this.#room = room;
    this.#stage = stage;
  }

  /** This player still plans; else they watch. */
  get playing(): boolean {
    const shown = this.#stage.view ?? this.#room.view;
    return shown?.viewer === "player" && shown.you !== null;
  }

  /** A plan can be changed now. */
  get open(): boolean {
    const view = this.#room.view;
    return view !== null && mayPlan(view).ok && !this.#room.telling;
  }

  /** A round begins to be told: what was said about the plan for it is over. */
  rest(): void {
    this.#told_ms = steadyNow_ms();
    this.hush();
  }

  /** Skip the rest of the telling, by a tap. */
  skip(): void {
    if (steadyNow_ms() - this.#told_ms < STRAY_MS) return;
    this.#skipped_ms = steadyNow_ms();
    this.#stage.skip();
  }

  /** A tap while a round is told: the next still frame, or the rest of the film at once. */
  goOn(): void {
    if (!this.#stage.still) return this.skip();
    if (steadyNow_ms() - this.#told_ms < STRAY_MS) return;
    this.#stage.goOn();
    if (!this.#room.telling) this.#skipped_ms = steadyNow_ms();
  }

  say(words: string): void {
    this.said = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hush(), SAY_MS);
  }

  hush(): void {
    clearTimeout(this.#timer);
    this.said = null;
  }

  move(direction: DirectionInfo): void {
    this.#change((view, steps) => mayMove(view, steps, direction, (place) => this.#stage.ends(place)), {
      type: "move",
      vector: { ...direction.vector },
    });
  }

  attack(target: Character): void {
    this.#change((view, steps) => mayAttack(view, steps, target), { type: "attack", target_id: target.id });
  }

  wait(): void {
    this.#change(mayWait, { type: "wait" });
  }

  remove(index: number): void {
    if (this.#isStray() || !this.open || this.#room.plan[index] === undefined) return;
    void this.#room.sendPlan(without(this.#room.plan, index));
  }

  ready(): void {
    const view = this.#room.view;
    if (view === null || this.#isStray()) return;
    const may = mayPlan(view);
    if (!may.ok) this.say(may.why);
    else void this.#room.sendReady();
  }

  /** A hex of the page's map was tapped: go there, or strike whoever stands there. */
  tapHex(place: Hex): void {
    const view = this.#room.view;
    const steps = this.#room.plan;
    if (this.#room.telling) return this.goOn();
    if (view === null || !this.playing || this.#isStray()) return;
    const here = subtract(place, this.#stage.origin);
    const direction = stepTowards(steps, here, DIRECTIONS);
    if (direction !== null) return this.move(direction);
    if (!same(here, ghostOf(steps))) return this.#walk(view, steps, here);
    const beside = targetsOf(view, steps).filter((target) => same(target, here));
    if (beside.length === 1 && beside[0] !== undefined) this.attack(beside[0]);
    else this.say(beside.length === 0 ? t("plan-tap-beside") : t("plan-tap-whom"));
  }

  tapFigure(figure: Hex & { readonly id: string }): void {
    const view = this.#room.view;
    const steps = this.#room.plan;
    if (this.#room.telling || view === null) return this.tapHex(figure);
    const target = targetsOf(view, steps).find(({ id }) => id === figure.id);
    if (target !== undefined && same(target, ghostOf(steps))) this.attack(target);
    else this.tapHex(figure);
  }

  /** A key was pressed anywhere on the page. Keys that mean something to the control in focus are left to it. */
  press(event: KeyboardEvent): void {
    if (this.#room.view === null || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const focus = event.target instanceof Element ? event.target : null;
    if (focus?.closest("input, textarea, select, dialog") != null) return;
    const act = actOf(event);
    const pressesControl =
      focus?.closest("button:not([data-explains]), a, summary") != null &&
      (event.code === "Space" || event.key === "Enter");
    if (act === null || pressesControl || !this.playing) return;
    event.preventDefault();
    if (this.#room.telling) return STEADY[act.type] && this.#stage.still ? this.#stage.goOn() : this.#stage.skip();
    switch (act.type) {
      case "move":
        return this.move(act.direction);
      case "attack":
        return this.#attackNearest(this.#room.view);
      case "wait":
        return this.wait();
      case "undo":
        return this.remove(this.#room.plan.length - 1);
      case "ready":
        return this.ready();
      default:
        return assertNever(act, undefined);
    }
  }

  /** Whoever pointed at a control of the plan does not hold on to it: Enter is Ready again, not the same once more. */
  letGo(event: MouseEvent): void {
    const pointed = event.detail > 0;
    const control =
      event.target instanceof Element ? event.target.closest<HTMLElement>(".plan button, .zoom button") : null;
    if (pointed) control?.blur();
  }

  #walk(view: View, steps: readonly PlanStep[], place: Hex): void {
    const walk = walkTo(view, steps, place);
    if (!walk.ok) return this.say(walk.why);
    if (walk.moves.length < walk.far) this.say(t("plan-part-way", { steps: walk.far }));
    const moves = walk.moves.map(({ vector }) => ({ type: "move", vector: { ...vector } }) as const);
    void this.#room.sendPlan([...steps, ...moves]);
  }

  #isStray(): boolean {
    return steadyNow_ms() - this.#skipped_ms < STRAY_MS;
  }

  #attackNearest(view: View): void {
    const nearest = targetsOf(view, this.#room.plan)[0];
    if (nearest === undefined) this.say(t("plan-nobody"));
    else this.attack(nearest);
  }

  #change(may: (view: View, steps: readonly PlanStep[]) => Verdict, step: PlanStep): void {
    const view = this.#room.view;
    if (this.#room.telling) return this.#stage.skip();
    if (view === null || this.#isStray()) return;
    const verdict = may(view, this.#room.plan);
    if (!verdict.ok) return this.say(verdict.why);
    if (verdict.warning !== null) this.say(verdict.warning);
    void this.#room.sendPlan([...this.#room.plan, step]);
  }
}

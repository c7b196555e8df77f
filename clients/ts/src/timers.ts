/** Timers by name: each runs once at the most, and all can be stopped together. */

export interface TimerWorld {
  setTimer(fn: () => void, delay_ms: number): number;
  clearTimer(timer: number): void;
}

export class Timers<Name extends string> {
  readonly #world: TimerWorld;
  readonly #running = new Map<Name, number>();

  constructor(world: TimerWorld) {
    this.#world = world;
  }

  /** Call `fn` after the delay, and not what this name stood for before. */
  start(name: Name, delay_ms: number, fn: () => void): void {
    this.stop(name);
    const timer = this.#world.setTimer(() => {
      this.#running.delete(name);
      fn();
    }, delay_ms);
    this.#running.set(name, timer);
  }

  runs(name: Name): boolean {
    return this.#running.has(name);
  }

  stop(name: Name): void {
    const timer = this.#running.get(name);
    if (timer !== undefined) this.#world.clearTimer(timer);
    this.#running.delete(name);
  }

  stopAll(): void {
    for (const name of [...this.#running.keys()]) this.stop(name);
  }
}

/** Whether it sounds, and what sounds now. Off until asked for; what was asked for is kept on the device. */

import { forgetName, rememberedName, rememberName } from "$parts/remembered";
import type { Cue } from "./cues";
import { Synth } from "./synth";

const KEY = "minotaur.sound";
const ON = "on";
/** Between two steps that are heard at once, because nothing moves. */
const STEP_S = 0.28;

export class Sound {
  #on = $state(rememberedName(KEY) === ON);
  #synth: Synth | null = null;
  #context: AudioContext | null = null;

  get on(): boolean {
    return this.#on;
  }

  /** By hand: a browser lets nothing sound before somebody has touched the page. */
  toggle(): void {
    this.#on = !this.#on;
    if (this.#on) {
      rememberName(KEY, ON);
      this.play([{ kind: "turn", pan: 0, behind: false, step: 0 }], false);
    } else {
      forgetName(KEY);
      void this.#context?.suspend();
    }
  }

  /** `atOnce`: all of a round came together, so each step has its time. */
  play(cues: readonly Cue[], atOnce: boolean): void {
    if (!this.#on || cues.length === 0 || document.hidden) return;
    const first = Math.min(...cues.map(({ step }) => step));
    const synth = this.#ready();
    for (const cue of cues) synth.play(cue, atOnce ? (cue.step - first) * STEP_S : 0);
  }

  #ready(): Synth {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") void this.#context.resume();
    this.#synth ??= new Synth(this.#context);
    return this.#synth;
  }
}

export const sound = new Sound();

/** The sounds, made where they are heard: no file is loaded. Quiet, short, and told apart by their shape. */

import { assertNever } from "@clew/client";
import type { Cue, CueKind } from "./cues";

const LOUDNESS = 0.32;
const SECONDS = 1;
/** What comes from behind has lost its brightness. */
const BEHIND_HZ = 700;

export class Synth {
  readonly #context: AudioContext;
  readonly #out: GainNode;
  readonly #hiss: AudioBuffer;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#out = new GainNode(context, { gain: LOUDNESS });
    this.#out.connect(context.destination);
    this.#hiss = hissOf(context);
  }

  /** In so many seconds from now. */
  play({ kind, pan, behind }: Cue, in_s: number): void {
    const at = this.#context.currentTime + in_s;
    const place = new StereoPannerNode(this.#context, { pan: pan * 0.9 });
    const ear = new BiquadFilterNode(this.#context, { type: "lowpass", frequency: behind ? BEHIND_HZ : 12_000 });
    ear.connect(place).connect(this.#out);
    this.#make(kind, at, ear);
  }

  #make(kind: CueKind, at: number, to: AudioNode): void {
    switch (kind) {
      case "step":
        this.#rustle(at, to, { hz: 320, length: 0.07, loud: 0.7 });
        this.#rustle(at + 0.13, to, { hz: 260, length: 0.08, loud: 0.55 });
        return;
      case "blow":
        this.#rustle(at, to, { hz: 1900, length: 0.09, loud: 0.9, band: true });
        this.#tone(at, to, { from: 190, till: 70, length: 0.16, loud: 0.9, wave: "triangle" });
        return;
      case "miss":
        this.#rustle(at, to, { hz: 600, till: 2600, length: 0.2, loud: 0.5, band: true });
        return;
      case "horn":
        this.#tone(at, to, { from: 108, till: 112, length: 1.1, loud: 0.34, wave: "sawtooth", rise: 0.22 });
        this.#tone(at, to, { from: 162, till: 168, length: 1.0, loud: 0.16, wave: "sawtooth", rise: 0.26 });
        return;
      case "crack":
        this.#tone(at, to, { from: 62, till: 34, length: 0.9, loud: 0.9, wave: "sine" });
        for (const late of [0, 0.09, 0.15, 0.31, 0.42]) {
          this.#rustle(at + late, to, { hz: 900 + 700 * late, length: 0.05, loud: 0.8, band: true });
        }
        return;
      case "fall":
        this.#tone(at, to, { from: 170, till: 38, length: 0.95, loud: 0.9, wave: "sine" });
        return;
      case "turn":
        this.#tone(at, to, { from: 587, till: 587, length: 0.16, loud: 0.3, wave: "sine" });
        this.#tone(at + 0.13, to, { from: 880, till: 880, length: 0.28, loud: 0.26, wave: "sine" });
        return;
      default:
        assertNever(kind, undefined);
    }
  }

  #tone(
    at: number,
    to: AudioNode,
    how: { from: number; till: number; length: number; loud: number; wave: OscillatorType; rise?: number },
  ): void {
    const tone = new OscillatorNode(this.#context, { type: how.wave, frequency: how.from });
    tone.frequency.setValueAtTime(how.from, at);
    tone.frequency.exponentialRampToValueAtTime(how.till, at + how.length);
    tone.connect(this.#swell(at, how.length, how.loud, how.rise ?? 0.008)).connect(to);
    tone.start(at);
    tone.stop(at + how.length + 0.05);
  }

  #rustle(
    at: number,
    to: AudioNode,
    how: { hz: number; till?: number; length: number; loud: number; band?: boolean },
  ): void {
    const noise = new AudioBufferSourceNode(this.#context, { buffer: this.#hiss });
    const type = how.band === true ? "bandpass" : "lowpass";
    const tint = new BiquadFilterNode(this.#context, { type, frequency: how.hz, Q: 1.2 });
    if (how.till !== undefined) {
      tint.frequency.setValueAtTime(how.hz, at);
      tint.frequency.exponentialRampToValueAtTime(how.till, at + how.length);
    }
    noise
      .connect(tint)
      .connect(this.#swell(at, how.length, how.loud, 0.005))
      .connect(to);
    noise.start(at, (at * 7919) % (SECONDS / 2));
    noise.stop(at + how.length + 0.05);
  }

  #swell(at: number, length: number, loud: number, rise: number): GainNode {
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(loud, at + rise);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
    return gain;
  }
}

/** Noise that is the same each time. */
function hissOf(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate * SECONDS, context.sampleRate);
  const samples = buffer.getChannelData(0);
  let state = 0x2545f491;
  for (let i = 0; i < samples.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    samples[i] = state / 0x8000_0000;
  }
  return buffer;
}

/** A film as still frames: each thing that happened is one picture, with marks where somebody went. Pure. */

import { same, type Hex } from "../board/geometry";
import type { Scene, SceneFigure } from "./film";

/** So long a still stands, unless somebody goes on sooner. */
export const STILL_MS = 1_800;

/** Somebody went this way since the picture before. */
export interface Trail {
  readonly id: string;
  readonly from: Hex;
  readonly to: Hex;
}

export interface Still extends Scene {
  readonly trails: readonly Trail[];
}

/** `figures`: who stands where before the first scene; `told`: what the log had come to. Who falls by a blow is ash in
 * the picture of the blow, and a scene in which somebody is only lost from sight is none. */
export function stillsOf(scenes: readonly Scene[], figures: readonly SceneFigure[], told = 0): Still[] {
  const stills: Still[] = [];
  let before = figures;
  for (const scene of scenes) {
    const last = stills.at(-1);
    const trails = trailsOf(before, scene.figures);
    if (last !== undefined && isOneMoment(last, scene)) {
      stills[stills.length - 1] = { ...scene, effects: last.effects, trails: last.trails, hold_ms: STILL_MS };
    } else if (trails.length > 0 || scene.effects.length > 0 || scene.told > (last?.told ?? told)) {
      stills.push({ ...scene, trails, hold_ms: STILL_MS });
    }
    before = scene.figures;
  }
  return stills;
}

/** Blows and the deaths by them: two scenes of one step in which nobody moves. */
function isOneMoment(last: Still, scene: Scene): boolean {
  return (
    last.step === scene.step &&
    last.effects.length > 0 &&
    trailsOf(last.figures, scene.figures).length === 0 &&
    scene.effects.length === 0
  );
}

function trailsOf(before: readonly SceneFigure[], after: readonly SceneFigure[]): Trail[] {
  const stood = new Map(before.filter(({ fading }) => !fading).map((figure) => [figure.id, figure]));
  return after.flatMap(({ id, q, r, fallen }) => {
    const from = stood.get(id);
    return from === undefined || fallen || same(from, { q, r })
      ? []
      : [{ id, from: { q: from.q, r: from.r }, to: { q, r } }];
  });
}

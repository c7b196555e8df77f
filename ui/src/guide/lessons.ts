/** What a first game teaches: one thing at a time, where it happens, gone once it was done. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { distance } from "../board/geometry";
import type { PlanStep, ShownEvent, View } from "../lib/wire";
import { costOf, ghostOf, targetsOf } from "../game/planning";
import type { Terms } from "../game/terms";
import { leads } from "../game/arrows";
import { MINOTAUR } from "../game/words";

/** In the order of what matters more: of several that are due, the first is given. */
export const LESSONS = ["beast", "ring", "strike", "move", "ready", "see", "noise", "flames"] as const;
export type LessonId = (typeof LESSONS)[number];

/** A game as it stands, for who plays in it. */
export interface Moment {
  readonly view: View;
  readonly steps: readonly PlanStep[];
  readonly ready: boolean;
  /** What was told so far. */
  readonly events: readonly ShownEvent[];
  readonly terms: Terms;
}

interface Lesson {
  /** Its time has come. */
  readonly due: (moment: Moment) => boolean;
  /** It was done. What can only be read is done when the next round begins. */
  readonly done: (moment: Moment, since: number) => boolean;
  readonly words: (moment: Moment, hasKeys: boolean) => string;
}

/** So near somebody can be met this round. */
const NEAR = 3;

const read = ({ view }: Moment, since: number): boolean => view.round > since;

const TAUGHT: Record<LessonId, Lesson> = {
  move: {
    due: ({ view, steps }) => view.round === 1 && !leads(steps),
    done: ({ view, steps }) => leads(steps) || view.round > 1,
    words: (_, hasKeys) => (hasKeys ? t("lesson-move-keys") : t("lesson-move")),
  },
  ready: {
    due: ({ steps }) => leads(steps),
    done: ({ ready, view }, since) => ready || view.round > since,
    words: () => t("lesson-ready"),
  },
  see: {
    due: ({ view }) => view.round > 1,
    done: read,
    words: ({ terms }) => (terms.sight === null ? t("lesson-see-all") : t("lesson-see", { sight: terms.sight })),
  },
  noise: {
    due: ({ view, events }) => events.some((event) => event.type === "noise" && event.round === view.round - 1),
    done: read,
    words: ({ terms }) => (terms.minotaur ? t("lesson-noise") : t("lesson-noise-heroes")),
  },
  strike: {
    due: ({ view, steps }) =>
      targetsOf(view, steps).some((target) => target.kind === "hero" && distance(target, ghostOf(steps)) <= NEAR),
    done: ({ view, steps }, since) => steps.some(({ type }) => type === "attack") || view.round > since + 1,
    words: ({ terms }) => t("lesson-strike", { damage: terms.hero_damage }),
  },
  flames: {
    due: ({ view }) => view.round > 2,
    done: ({ steps, view, terms }, since) => costOf(steps) >= terms.ap_cap || view.round > since + 1,
    words: ({ terms }) => t("lesson-flames", { cap: terms.ap_cap }),
  },
  beast: {
    due: ({ view }) => view.characters.some(({ id }) => id === MINOTAUR),
    done: read,
    words: ({ terms }) => t("lesson-beast", { damage: terms.minotaur_damage }),
  },
  ring: {
    due: ({ view }) => view.hexes.some(({ cracked }) => cracked),
    done: read,
    words: () => t("lesson-ring"),
  },
};

/** The lesson that is given now: the one that was, as long as it is due, else the first that is. */
export function lessonOf(moment: Moment, learned: ReadonlySet<LessonId>, given: LessonId | null): LessonId | null {
  const due = (id: LessonId): boolean => !learned.has(id) && TAUGHT[id].due(moment);
  const urgent = LESSONS.find(due) ?? null;
  if (given === null || !due(given) || urgent === "beast") return urgent;
  return given;
}

/** Whether a lesson that is given since this round has been done. */
export function isDone(id: LessonId, moment: Moment, since: number): boolean {
  return TAUGHT[id].done(moment, since);
}

export function lessonWords(id: LessonId, moment: Moment, hasKeys: boolean): string {
  return TAUGHT[id].words(moment, hasKeys);
}

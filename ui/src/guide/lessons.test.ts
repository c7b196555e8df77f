import { beforeEach, describe, expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import { termsOf } from "../game/terms";
import type { Character, PlanStep, ShownEvent, View } from "../lib/wire";
import { Guide } from "./guide.svelte";
import { LESSONS, lessonOf, lessonWords, type LessonId, type Moment } from "./lessons";

const E: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const HIT: PlanStep = { type: "attack", target_id: "p2" };
const BO: Character = { id: "p2", kind: "hero", q: 1, r: 0, health: 10 };
const BEAST: Character = { id: "minotaur", kind: "minotaur", q: 2, r: 0, health: 13 };

function moment(round: number, change: Partial<Moment> = {}, view: Partial<View> = {}): Moment {
  return { view: { ...viewOf(round), ...view }, steps: [], ready: false, events: [], terms: termsOf({}), ...change };
}

/** Storage as a browser has it, for one test. */
function onANewDevice(kept?: string): void {
  const all = new Map<string, string>(kept === undefined ? [] : [["minotaur.taught", kept]]);
  const storage = {
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => all.set(key, value),
  };
  Object.assign(globalThis, { localStorage: storage });
}

beforeEach(() => onANewDevice());

describe("one thing at a time", () => {
  test("a first round teaches to move, then to be ready", () => {
    const guide = new Guide();
    guide.look(moment(1));
    expect(guide.given).toBe("move");
    guide.look(moment(1, { steps: [E] }));
    expect(guide.given).toBe("ready");
    guide.look(moment(1, { steps: [E], ready: true }));
    expect(guide.given).toBeNull();
  });

  test("what can only be read is gone with its round", () => {
    const guide = new Guide();
    guide.look(moment(2));
    expect(guide.given).toBe("see");
    guide.look(moment(2));
    expect(guide.given).toBe("see");
    guide.look(moment(3));
    expect(guide.given).toBe("flames");
  });

  test("somebody near is a lesson until they are struck at", () => {
    const guide = new Guide();
    guide.look(moment(2, {}, { characters: [BO] }));
    expect(guide.given).toBe("strike");
    guide.look(moment(2, { steps: [E, HIT] }, { characters: [BO] }));
    expect(guide.given).toBe("ready");
  });

  test("the beast comes before everything, another danger does not push away what is being read", () => {
    const near: View["hexes"] = [{ q: 0, r: 0, terrain: "floor", cracked: true, in_sight: true }];
    expect(lessonOf(moment(2, {}, { hexes: near }), new Set(), "see")).toBe("see");
    expect(lessonOf(moment(2, {}, { hexes: near, characters: [BEAST] }), new Set(), "see")).toBe("beast");
    expect(lessonOf(moment(2, {}, { hexes: near }), new Set(), null)).toBe("ring");
  });

  test("a fight that was heard is told of in the round after it, and the beast only where there is one", () => {
    const heard: ShownEvent[] = [{ type: "noise", seq: 1, round: 3, step: 2, direction: "E" }];
    const learned = new Set<LessonId>(["see"]);
    expect(lessonOf(moment(4, { events: heard }), learned, null)).toBe("noise");
    expect(lessonOf(moment(5, { events: heard }), learned, null)).toBe("flames");
    const open = moment(4, { events: heard, terms: termsOf({ minotaur: false }) });
    expect(lessonWords("noise", open, false)).not.toContain("Minotaur");
  });
});

describe("kept on the device", () => {
  test("what was taught is not taught again", () => {
    const guide = new Guide();
    guide.look(moment(1));
    guide.next();
    const later = new Guide();
    later.look(moment(1));
    expect(later.given).toBeNull();
    expect(later.isNew).toBe(false);
  });

  test("it can be left at any time, and begun again", () => {
    const guide = new Guide();
    guide.look(moment(1));
    guide.leave();
    guide.look(moment(1));
    expect(guide.given).toBeNull();
    expect(new Guide().isNew).toBe(false);
    guide.again();
    guide.look(moment(1));
    expect(guide.given).toBe("move");
  });

  test("what an older page or somebody else kept there is no reason to fail", () => {
    onANewDevice("move nonsense");
    const guide = new Guide();
    guide.look(moment(1));
    expect(guide.given).toBeNull();
  });

  test("where nothing may be kept, everything is taught", () => {
    Reflect.deleteProperty(globalThis, "localStorage");
    const guide = new Guide();
    guide.look(moment(1));
    guide.next();
    expect(guide.given).toBeNull();
    expect(new Guide().isNew).toBe(true);
  });
});

test("every lesson has words, short enough to stand beside the board", () => {
  for (const id of LESSONS) {
    for (const hasKeys of [false, true]) expect(lessonWords(id, moment(2), hasKeys).length).toBeLessThan(130);
  }
});

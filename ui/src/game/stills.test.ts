import { expect, test } from "vitest";
import type { Scene, SceneFigure } from "./film";
import { STILL_MS, stillsOf } from "./stills";
import { choiceOf, tellingOf } from "./telling";

const HERE = { q: 0, r: 0 };

function figure(id: string, q: number, change: Partial<SceneFigure> = {}): SceneFigure {
  return { id, kind: "hero", health: 10, fallen: false, fading: false, q, r: 0, ...change };
}

function scene(step: number, figures: SceneFigure[], change: Partial<Scene> = {}): Scene {
  return { step, figures, camera: HERE, hexes: [], effects: [], told: step, hold_ms: 400, ...change };
}

const hit = { key: "1", kind: "hit", id: "p2", damage: 3, vector: HERE } as const;
const bump = { key: "2", kind: "bump", id: "p1", damage: 0, vector: { q: 1, r: 0 } } as const;

test("a step is a picture, and says who went where since the one before", () => {
  const stills = stillsOf(
    [scene(1, [figure("p1", 1), figure("p2", 4)]), scene(2, [figure("p1", 2), figure("p2", 4)])],
    [figure("p1", 0), figure("p2", 4)],
  );

  expect(stills.map(({ trails }) => trails)).toEqual([
    [{ id: "p1", from: HERE, to: { q: 1, r: 0 } }],
    [{ id: "p1", from: { q: 1, r: 0 }, to: { q: 2, r: 0 } }],
  ]);
  expect(stills.every(({ hold_ms }) => hold_ms === STILL_MS)).toBe(true);
});

test("who falls by a blow is ash in the picture of the blow, and what is said of it comes with it", () => {
  const stood = [figure("p1", 0), figure("p2", 0, { health: 3 })];
  const fell = [figure("p1", 0), figure("p2", 0, { health: 0, fallen: true })];
  const stills = stillsOf([scene(1, stood, { effects: [hit], told: 5 }), scene(1, fell, { told: 6 })], stood);

  expect(stills).toHaveLength(1);
  expect(stills[0]).toMatchObject({ effects: [hit], told: 6, figures: fell });
});

test("moves are a picture of their own, after the blows of their step", () => {
  const stood = [figure("p1", 0), figure("p2", 0)];
  const moved = [figure("p1", 0), figure("p2", 1)];

  expect(stillsOf([scene(1, stood, { effects: [hit] }), scene(1, moved)], stood)).toHaveLength(2);
  expect(stillsOf([scene(1, stood, { effects: [hit] }), scene(1, stood, { effects: [bump] })], stood)).toHaveLength(2);
});

test("nothing is a picture in which somebody is only lost from sight", () => {
  const before = [figure("p1", 0), figure("p2", 3)];
  const lost = [figure("p1", 0), figure("p2", 3, { fading: true })];

  expect(stillsOf([scene(1, lost, { told: 4 })], before, 4)).toEqual([]);
});

test("nobody who was not seen before, or has fallen, has gone anywhere", () => {
  const before = [figure("p2", 3, { fading: true }), figure("p4", 0)];
  const after = [figure("p2", 1), figure("p3", 1), figure("p4", 1, { fallen: true })];

  expect(stillsOf([scene(1, after)], before)[0]?.trails).toEqual([]);
});

test("a film for everyone, still frames for who wants less motion, and what was chosen before either", () => {
  const seen = { stillness: false, hidden: false };

  expect(tellingOf("system", seen)).toBe("film");
  expect(tellingOf("system", { ...seen, stillness: true })).toBe("stills");
  expect(tellingOf("film", { ...seen, stillness: true })).toBe("film");
  expect(tellingOf("none", seen)).toBe("none");
  expect(tellingOf("film", { ...seen, hidden: true })).toBe("none");
  expect(choiceOf("stills")).toBe("stills");
  expect(choiceOf("nonsense")).toBe("system");
});

import { expect, test } from "vitest";
import type { Direction, ShownEvent } from "../lib/wire";
import { cuesOf } from "./cues";

const AT = { seq: 1, round: 3, step: 2 };

function noise(direction: Direction): ShownEvent {
  return { ...AT, type: "noise", direction };
}

test("a fight far away is a horn from where it is", () => {
  const pans = (["W", "NW", "NE", "E"] as const).map((direction) => cuesOf([noise(direction)], "p1")[0]?.pan ?? 0);
  expect(pans).toEqual([...pans].sort((a, b) => a - b));
  expect(pans[0]).toBe(-1);
  expect(pans[3]).toBe(1);
  expect(cuesOf([noise("SE")], "p1")[0]).toMatchObject({ kind: "horn", behind: true });
  expect(cuesOf([noise("NE")], "p1")[0]).toMatchObject({ behind: false });
});

test("a blow that missed does not sound like one that hit", () => {
  const blow = (hit: boolean): ShownEvent => ({
    ...AT,
    type: "pc_attacked",
    id: "p1",
    target_id: "p2",
    hit,
    damage: hit ? 3 : 0,
    missed: null,
  });
  expect(cuesOf([blow(true), blow(false)], "p1").map(({ kind }) => kind)).toEqual(["blow", "miss"]);
});

test("steps are heard, your own in the middle, another's from their side", () => {
  const enters = (id: string): ShownEvent => ({ ...AT, type: "pc_entered_hex", id, from_vector: { q: -1, r: 0 } });
  expect(cuesOf([enters("p1"), enters("p2")], "p1").map(({ pan }) => pan)).toEqual([0, -1]);
});

test("stone cracks, you fall, your turn comes: each has its sound and its time", () => {
  const told: ShownEvent[] = [
    { seq: 1, round: 3, step: 0, type: "tremor" },
    { seq: 2, round: 3, step: 0, type: "killed", id: "p1", by: ["collapse"] },
    { seq: 3, round: 3, step: 1, type: "killed", id: "p2", by: ["p3"] },
    { seq: 4, round: 4, step: 0, type: "round_started" },
  ];
  expect(cuesOf(told, "p1").map(({ kind, step }) => [kind, step])).toEqual([
    ["crack", 5],
    ["fall", 5],
    ["turn", 6],
  ]);
  expect(cuesOf(told, null).map(({ kind }) => kind)).toEqual(["crack"]);
});

test("who comes back after several rounds hears nothing of them", () => {
  const long: ShownEvent[] = [3, 4, 5].map((round) => ({ ...AT, round, type: "noise", direction: "E" }));
  expect(cuesOf(long, "p1")).toEqual([]);
});

import { expect, test } from "vitest";
import type { PlanStep } from "../lib/wire";
import { arrowsOf, leads } from "./arrows";

const E: PlanStep = { type: "move", vector: { q: 1, r: 0 } };
const W: PlanStep = { type: "move", vector: { q: -1, r: 0 } };
const WAIT: PlanStep = { type: "wait" };
const HIT: PlanStep = { type: "attack", target_id: "p2" };

test("a plan that goes there and back shows both ways, each aside of the other", () => {
  expect(arrowsOf([E, HIT, W]).map(({ key, aside }) => [key, aside])).toEqual([
    ["0,0 1,0", true],
    ["1,0 0,0", true],
  ]);
  expect(leads([E, W])).toBe(true);
});

test("a way that is gone only once lies in the middle of its edge", () => {
  expect(arrowsOf([E, E]).every(({ aside }) => !aside)).toBe(true);
});

test("a way that is gone twice is one arrow that says so", () => {
  expect(arrowsOf([E, W, E]).map(({ count }) => count)).toEqual([2, 1]);
});

test("blows and waits lead nowhere", () => {
  expect(arrowsOf([HIT, WAIT])).toEqual([]);
  expect(leads([HIT, WAIT])).toBe(false);
});

import { expect, it } from "vitest";
import { placeOnRing } from "./ring";

it("puts the first seat at the top of the ring", () => {
  const top = placeOnRing(0, 5);

  expect(top.x).toBeCloseTo(0);
  expect(top.y).toBeCloseTo(-1);
});

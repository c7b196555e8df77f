import { describe, expect, it } from "vitest";
import { momentOf, placeIn, searchOf } from "$parts/moment";

const MOMENTS = [
  { round: 1, step: 0 },
  { round: 1, step: 2 },
  { round: 1, step: 5 },
  { round: 3, step: 0 },
  { round: 3, step: 4 },
];

describe("the address of a moment", () => {
  it.each([{ round: 3, step: 2, as: "p1" }, { round: 12 }, { round: 0, step: 0 }])("gives %o back", (moment) => {
    expect(momentOf(searchOf(moment))).toEqual(moment);
  });

  it.each(["", "?", "?other=1", "?step=2", "?round=", "?round=-1", "?round=1e3", "?round=x", "?round=99999999999"])(
    "names none: %s",
    (search) => {
      expect(momentOf(search)).toBeNull();
    },
  );

  it.each([
    ["?round=3&step=x", { round: 3 }],
    ["?round=3&as=", { round: 3 }],
    ["?as=p2", { round: 0, as: "p2" }],
  ])("passes over what can't be read: %s", (search, moment) => {
    expect(momentOf(search)).toEqual(moment);
  });
});

describe("a moment among those of a game", () => {
  it.each([
    [{ round: 1, step: 2 }, 1],
    [{ round: 1, step: 4 }, 1], // nothing happened in steps three and four
    [{ round: 1, step: 99 }, 2],
    [{ round: 2, step: 1 }, 2], // a round that was left out: how the one before ended
    [{ round: 3 }, 3],
    [{ round: 999, step: 0 }, 4],
    [{ round: 0 }, 0],
  ])("%o is number %i", (asked, place) => {
    expect(placeIn(MOMENTS, asked)).toBe(place);
  });

  it("is found where there are none", () => {
    expect(placeIn([], { round: 2 })).toBe(0);
  });
});

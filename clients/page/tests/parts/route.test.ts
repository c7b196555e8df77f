import { describe, expect, it } from "vitest";
import { pathOf, placeOf, tidyCode } from "$parts/route";

describe("where a path leads", () => {
  it("knows the three places", () => {
    expect(placeOf("/")).toEqual({ at: "home" });
    expect(placeOf("/g/K7QX2M")).toEqual({ at: "game", code: "K7QX2M" });
    expect(placeOf("/g/K7QX2M/replay")).toEqual({ at: "replay", code: "K7QX2M" });
  });

  it("forgives a small letter and a slash at the end", () => {
    expect(placeOf("/g/k7qx2m/")).toEqual({ at: "game", code: "K7QX2M" });
  });

  it.each(["/g/", "/g", "/g/a/b", "/games", "/g/" + "A".repeat(17), "/g/%3Cb%3E"])("leads nowhere from %s", (path) => {
    expect(placeOf(path)).toEqual({ at: "nowhere" });
  });

  it("finds back to the same place from its own path", () => {
    for (const path of ["/", "/you", "/board", "/people/0abc9", "/g/K7QX2M", "/g/K7QX2M/replay"])
      expect(pathOf(placeOf(path))).toBe(path);
  });
});

describe("a join code as somebody typed it", () => {
  it("is tidied", () => {
    expect(tidyCode(" k7q-x2m ")).toBe("K7QX2M");
  });

  it("is found in a whole link", () => {
    expect(tidyCode("http://10.0.0.4:8000/g/K7QX2M?from=chat")).toBe("K7QX2M");
  });
});

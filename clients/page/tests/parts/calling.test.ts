import { describe, expect, test } from "vitest";
import { inabilityOf, isApple } from "$parts/calling/browsers";
import { isCalledTo } from "$parts/calling/rounds";

const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";

describe("a browser", () => {
  test("calls nobody from a page that anybody between could have changed", () => {
    expect(inabilityOf({ secure: false, pushes: true, apple: false })).toBe("insecure");
  });

  test("without pushes calls nobody, but on an iPhone does from the home screen", () => {
    expect(inabilityOf({ secure: true, pushes: false, apple: false })).toBe("unsupported");
    expect(inabilityOf({ secure: true, pushes: false, apple: true })).toBe("install");
    expect(inabilityOf({ secure: true, pushes: true, apple: true })).toBeNull();
  });

  test("of an iPad is told from a Mac's by its touch", () => {
    expect([isApple(IPAD, 5), isApple(IPAD, 0), isApple(IPHONE, 5)]).toEqual([true, false, true]);
  });
});

describe("whoever plays", () => {
  const view = { game_status: "active", round_ms: 600_000, you: { player_status: "playing" } };

  test("is called to rounds from ten minutes on", () => {
    expect(isCalledTo(view)).toBe(true);
    expect(isCalledTo({ ...view, round_ms: 599_999 })).toBe(false);
    expect(isCalledTo({ ...view, round_ms: null })).toBe(false);
  });

  test("has to play, and the game to go on", () => {
    expect(isCalledTo({ ...view, game_status: "concluded" })).toBe(false);
    expect(isCalledTo({ ...view, you: { player_status: "fallen" } })).toBe(false);
    expect(isCalledTo({ ...view, you: null })).toBe(false);
  });
});

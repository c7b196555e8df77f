import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askedWords } from "$parts/agree/words";
import { speak } from "$parts/catalogue/catalogue";
import { listed, locale, spanOf } from "$parts/catalogue/formats";
import { textsOf } from "$parts/catalogue/texts";
import { leftWords, spanWords } from "$parts/durations";

beforeEach(() => vi.stubGlobal("navigator", { languages: ["fr-FR", "de-AT", "en-GB"] }));

afterEach(() => {
  vi.unstubAllGlobals();
  say("en");
});

function say(language: string): void {
  speak(language, textsOf(language));
}

test.each([
  ["en", "Ada, Bo and Cy", "3 hours", "2 days left", "en-GB"],
  ["de", "Ada, Bo und Cy", "3 Stunden", "noch 2 Tage", "de-AT"],
  ["he", "\u2068Ada\u2069, \u2068Bo\u2069 ו-\u2068Cy\u2069", "3 שעות", "נותרו יומיים", "he"],
])("in %s lists, spans and regions are as the language has them", (language, names, hours, days, region) => {
  say(language);

  expect(listed(["Ada", "Bo", "Cy"])).toBe(names);
  expect([spanWords(3 * 3_600), spanOf(3, "hour")]).toEqual([hours, hours]);
  expect(leftWords(48 * 3_600_000)).toBe(days);
  expect(locale()).toBe(region);
});

test("who asks for something is said by one, by two, and with you among them", () => {
  const asked = { to: "pause", about: null, mine: false, missing: [], may: true } as const;
  const said = (by: readonly string[], mine = false) => askedWords({ ...asked, by, mine });

  say("de");

  expect([said(["Ada"]), said(["Ada", "Bo"]), said(["Ada"], true), said([], true), said([])]).toEqual([
    "Ada möchte eine Pause.",
    "Ada und Bo möchten eine Pause.",
    "Ada und du möchtet eine Pause.",
    "Du möchtest eine Pause.",
    "",
  ]);
});

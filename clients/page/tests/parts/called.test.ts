import { afterEach, expect, test } from "vitest";
import { called, GONE, isGone, speak, t } from "$parts/catalogue/catalogue";
import { listed } from "$parts/catalogue/formats";
import { MINOTAURS, textsOf } from "$parts/catalogue/texts";

afterEach(() => speak("en", textsOf("en", MINOTAURS)));

test("whoever has gone for good is called so in the language of the page, and told apart as the server does", () => {
  speak("de", textsOf("de", MINOTAURS));

  expect(called(GONE)).toBe("Jemand von früher");
  expect(called(`${GONE} (2)`)).toBe("Jemand von früher (2)");
  expect(listed(["Ada", GONE])).toBe("Ada und Jemand von früher");
  expect(t("people-theirs", { name: GONE })).toBe("Ergebnisse von Jemand von früher");
});

test("everybody else is called as they are", () => {
  speak("de", textsOf("de", MINOTAURS));

  for (const name of ["Ada", "Somebody", `${GONE} us`, `${GONE}(2)`, `${GONE} (2`]) {
    expect(called(name)).toBe(name);
    expect(isGone(name)).toBe(false);
  }
});

test("what chooses among the forms of a sentence is found in a language of the other direction too", () => {
  speak("he", textsOf("he", MINOTAURS));

  expect(t("agree-asked-pause", { who: "you", names: "", count: 0 })).toBe("ביקשתם הפסקה.");
  expect(t("agree-asked-pause", { who: "both", names: "Bo", count: 1 })).toBe("בקשה להפסקה: \u2068Bo\u2069 ואתם.");
  expect(t("log-slay", { who: "you", names: "", count: 1 })).toBe("הרגתם את המינוטאור!");
});

test("in English they are called as the server calls them", () => {
  expect(t("people-gone")).toBe(GONE);
  expect(isGone(`${GONE} (3)`)).toBe(true);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The page's own texts, and those that a script brought to another release's page. */
function pageWith(language: string, elements: Readonly<Record<string, string>>): void {
  vi.stubGlobal("document", {
    documentElement: { lang: language },
    getElementById: (id: string) => (id in elements ? { textContent: elements[id] } : null),
  });
}

/** Anew, as each page has it: what is spoken is found once. */
async function spoken() {
  return await import("$parts/catalogue/catalogue");
}

beforeEach(() => void vi.resetModules());
afterEach(() => void vi.unstubAllGlobals());

test("a page speaks the language that its server put into it", async () => {
  pageWith("de", { texts: "hello = Hallo" });
  const { language, t } = await spoken();

  expect([language(), t("hello")]).toEqual(["de", "Hallo"]);
});

test("what another release's page lacks is said in the English that our script brought", async () => {
  pageWith("de", {
    texts: "hello = Hallo",
    english: "hello = Hello\nnew = New",
  });
  const { t } = await spoken();

  expect([t("hello"), t("new")]).toEqual(["Hallo", "New"]);
});

test("a page of a release that knew of no languages speaks English", async () => {
  pageWith("", { english: "hello = Hello" });
  const { language, t } = await spoken();

  expect([language(), t("hello")]).toEqual(["en", "Hello"]);
});

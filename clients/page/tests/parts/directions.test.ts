/** What runs from left to right in every language stands so on pages that run the other way. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const PARTS = join(import.meta.dirname, "../../../parts");
const components = readdirSync(PARTS, { recursive: true, encoding: "utf-8" })
  .filter((name) => name.endsWith(".svelte"))
  .map((name) => readFileSync(join(PARTS, name), "utf-8"));

test("fields for addresses and codes run from left to right", () => {
  const fields = components.flatMap((text) => text.match(/<Entry\b[^>]*?\bname="(?:url|email|code)"[^>]*?\/>/gs) ?? []);

  expect(fields).toHaveLength(3);
  for (const field of fields) expect(field).toMatch(/\n\s+ltr\n/);
});

test("the parts of a recovery code stand in the order in which it is typed", () => {
  const codes = components.flatMap((text) => text.match(/<p class="code"[^>]*>/g) ?? []);

  expect(codes).toHaveLength(1);
  for (const code of codes) expect(code).toContain('dir="ltr"');
});

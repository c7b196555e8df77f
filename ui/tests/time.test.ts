/** No hidden clocks: what time it is says the client's `clock`, which nobody's device can set wrong. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const TOP = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = ["ui/src", "clients/page/src", "clients/ts/src"];
const CLOCK = "clients/ts/src/clock.ts";
const A_CLOCK = /\bDate\.now\b|\bnew Date\b|(?<!\.)\bDate\(|\bperformance\.(now|timeOrigin)\b|\.timeStamp\b/;

function looksAtAClock(text: string): boolean {
  const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  return A_CLOCK.test(code);
}

test("no module but the clock looks at a clock", () => {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(TOP + folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  const modules = files.filter((name) => /\.(ts|svelte)$/.test(name) && !/\b(test|testing)\.ts$/.test(name));

  const found = modules.filter((name) => looksAtAClock(readFileSync(TOP + name, "utf8")));

  expect(modules.length).toBeGreaterThan(50);
  expect(found).toEqual([CLOCK]);
});

test.each(["Date.now()", "new Date()", "Date()", "performance.now()", "const { timeStamp } = event; event.timeStamp"])(
  "the rule would find `%s`",
  (code) => expect(looksAtAClock(code)).toBe(true),
);

test.each(["Date.parse(text)", "// Date.now() is wrong", 'headers.get("Date")'])("and it lets `%s` be", (code) =>
  expect(looksAtAClock(code)).toBe(false),
);

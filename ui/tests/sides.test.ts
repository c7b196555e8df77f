/** The pages run either way: their styles know a beginning and an end, and no left or right. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = ["ui/src", "clients/page/src", "clients/parts"];
/** The middle is no side. */
const MIDDLE = /^\s*left: (50%|calc\(50% )/;
const SIDE =
  /^\s*(?:(?:margin|padding|border|inset)-(?:left|right)\b|(?:left|right):|(?:text-align|float): (?:left|right)|border-(?:top|bottom)-(?:left|right))/;

function sidesIn(styles: string): string[] {
  return styles.split("\n").filter((line) => SIDE.test(line) && !MIDDLE.test(line));
}

it("no style names a side, but for the middle", () => {
  const files = PAGES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf-8" }).map((name) => `${folder}/${name}`),
  ).filter((name) => /\.(svelte|css)$/.test(name));

  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((name) => {
    const text = readFileSync(join(ROOT, name), "utf-8");
    const styles = name.endsWith(".css") ? text : (/<style>(.*)<\/style>/s.exec(text)?.[1] ?? "");
    return sidesIn(styles).map((line) => `${name}: ${line.trim()}`);
  });
  expect(found).toEqual([]);
});

it.each(["  margin-left: 1px;", "  text-align: right;", "  right: 0;", "  border-left: 2px solid;"])(
  "and %s would be found",
  (line) => expect(sidesIn(line)).toEqual([line]),
);

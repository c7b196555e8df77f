/** The catalogue as it lies in the sources, for where no server puts it into the page: `npm run dev`, and tests. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = join(import.meta.dirname, "../../../src");
const OURS = join(SOURCES, "clew/catalogue/texts");
export const MINOTAURS = join(SOURCES, "minotaur/texts");

/** All texts of one language, those of the further folders after the runtime's. */
export function textsOf(
  language: string,
  ...folders: readonly string[]
): string {
  return [OURS, ...folders]
    .map((folder) => join(folder, language))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".ftl"))
        .sort()
        .map((name) => readFileSync(join(folder, name), "utf-8")),
    )
    .join("\n");
}

/** Has Vite's own server put the English texts into the page, as ours does in every language. */
export function spokenByVite(...folders: readonly string[]) {
  return {
    name: "texts",
    apply: "serve" as const,
    transformIndexHtml: () => [
      {
        tag: "script",
        attrs: { type: "text/x-fluent", id: "texts" },
        children: textsOf("en", ...folders),
        injectTo: "head" as const,
      },
    ],
  };
}

/** No page says a sentence of its own: what a person reads comes from the catalogue (docs/decisions/0130-one-catalogue.md). */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = ["ui/src", "clients/page/src", "clients/parts"];
/** Names, and an example of a code: the same in every language. */
const NOBODYS = new Set(["Minotaur", "K7QX2M", "Macintosh", "Android", "Linux", "Mac", "Windows"]);
/** A name that servers give, by which a page knows whom it calls in its own language (`called`). */
const ON_THE_WIRE = new Set(["Somebody who left"]);
/** Of keys, and of what a browser has. */
const IN_BROWSERS = new Set(["Backspace", "Enter", "Escape", "Notification", "Space"]);
/** What these are given, no person reads. */
const SAYS_NOTHING =
  /^(t|pieces|sentence|console\.\w+|matchMedia|\w+\.(closest|matches|querySelector|querySelectorAll))$/;
/** Attributes that are read out or shown. */
const SHOWN =
  /^(aria-label|aria-description|aria-valuetext|alt|busyLabel|heading|hint|label|placeholder|text|title|words)$/;
const UNREAD = /^(autocomplete|class|style|d|id|generics|transform|viewBox|preserveAspectRatio|points|type)$/;
const SEVERAL_WORDS = /\p{L}{2,}[,.:;!?…’]*\s+[\p{L}“]/u;
const A_BEGINNING = /^[\s“"(]*\p{Lu}[\p{Ll}’']/u;
/** Names of keys, types and selectors look like words, and are none. */
const A_NAME_IN_CODE = /^[A-Z][a-z]+[A-Z0-9]|^(Key|Numpad|Arrow|Page)|[.#[>]\w|^\w+, \w+/;

interface Node {
  readonly type?: string;
  readonly [name: string]: unknown;
}

/** The sentences that stand literally in a component or a module, in their order. */
function literalsOf(source: string): string[] {
  const found: string[] = [];
  const textOf = ({ start, end }: Node): string => source.slice(Number(start), Number(end));
  const look = (text: string): void => {
    const said = text.trim();
    if (IN_BROWSERS.has(said) || ON_THE_WIRE.has(said) || NOBODYS.has(said.replace(/^· | · Minotaur$|^·/gu, "").trim()))
      return;
    if ((SEVERAL_WORDS.test(said) || A_BEGINNING.test(said)) && !A_NAME_IN_CODE.test(said)) found.push(said);
  };
  const walk = (thing: unknown): void => {
    if (Array.isArray(thing)) return thing.forEach(walk);
    if (typeof thing !== "object" || thing === null) return;
    const node = thing as Node;
    switch (node.type) {
      case "ImportDeclaration":
      case "StyleDirective":
      case "StyleSheet":
        return;
      case "Text":
        return void (/\p{L}{2}/u.test(String(node.data)) && !NOBODYS.has(String(node.data).replace(/[^\p{L}\d]/gu, ""))
          ? found.push(String(node.data).trim())
          : null);
      case "Attribute": {
        if (UNREAD.test(String(node.name))) return;
        const parts = [node.value].flat().filter((part): part is Node => typeof part === "object" && part !== null);
        const text = parts.map((part) => (part.type === "Text" ? String(part.data) : " ")).join("");
        if (SHOWN.test(String(node.name)) && /\p{L}{2}/u.test(text) && !NOBODYS.has(text)) found.push(text);
        else look(text);
        return parts.filter(({ type }) => type !== "Text").forEach(walk);
      }
      case "CallExpression":
        if (SAYS_NOTHING.test(textOf(node.callee as Node))) return;
        break;
      case "NewExpression":
        if (textOf(node.callee as Node).endsWith("Error")) return;
        break;
      case "Literal":
        if (typeof node.value === "string") look(node.value);
        return;
      case "TemplateLiteral":
        look(
          (node.quasis as { value: { cooked: string } }[])
            .map(({ value }) => value.cooked)
            .join(" 0 ")
            .replace(/\s+/g, " "),
        );
        return walk(node.expressions);
    }
    if (node.type?.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    for (const [name, part] of Object.entries(node))
      if (!/^(loc|metadata|css|parent|.*Comments)$/.test(name)) walk(part);
  };
  walk(parse(source, { modern: true }));
  return found;
}

function componentOf(path: string): string {
  const text = readFileSync(path, "utf-8");
  return path.endsWith(".ts") ? `<script lang="ts">\n${text}\n</script>` : text;
}

const files = PAGES.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf-8" }).map((name) => `${folder}/${name}`),
).filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$|\.setup\.ts$/.test(name));

describe("what a person reads is in the catalogue", () => {
  it("whatever the page", { timeout: 60_000 }, () => {
    expect(files.length).toBeGreaterThan(200);
    const literal = files.flatMap((name) =>
      literalsOf(componentOf(join(ROOT, name))).map((text) => `${name}: ${text}`),
    );
    expect(literal).toEqual([]);
  });

  it.each([
    ["<p>The game is over.</p>", "The game is over."],
    ['<button aria-label="Zoom">+</button>', "Zoom"],
    ['<Notice title="Not from here" />', "Not from here"],
    ["<p>{over ? 'You won' : ''}</p>", "You won"],
    ['<script lang="ts">const words = (n: number) => `${n} seats are free`;</script>', "0 seats are free"],
  ])("and %s is found", (source, sentence) => expect(literalsOf(source)).toEqual([sentence]));
});

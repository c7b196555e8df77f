/**
 * What the page says, in the language that the server put into it (docs/decisions/0130-one-catalogue.md).
 *
 * A page speaks one language from its first word to its last: whoever chooses another loads it anew, and finds the game
 * where it was. So a sentence may be made anywhere, once, and no component waits for words.
 */

import {
  FluentBundle,
  FluentResource,
  type FluentVariable,
} from "@fluent/bundle";
import { choosingIn } from "./choosing";
import { isolated } from "./isolating";

export type Values = Readonly<Record<string, string | number>>;

/** Part of a sentence: text, or the value of that name, to be shown as something more than text. */
export type Piece = { readonly text: string } | { readonly value: string };

interface Voice {
  readonly language: string;
  readonly rightToLeft: boolean;
  readonly bundle: FluentBundle;
}

const ENGLISH = "en";
const RIGHT_TO_LEFT: readonly string[] = ["ar", "fa", "he", "ur", "yi"];
/** Stands for a value while a sentence is cut into pieces; no text has it. */
const CUT = "\uFFFC";

let voice: Voice | null = null;

/** What the server calls everybody who has gone for good, and nobody else may be called; whatever the page speaks. */
export const GONE = "Somebody who left";
const TOLD_APART = /^(?: \(\d+\))?$/;

/** What somebody is called: their name, but for who has gone for good, of whom the page says that in its language. */
export function called(name: string): string {
  return isGone(name) ? `${t("people-gone")}${name.slice(GONE.length)}` : name;
}

/** Whether they have gone for good: of them there is nothing to look up. */
export function isGone(name: string): boolean {
  return name.startsWith(GONE) && TOLD_APART.test(name.slice(GONE.length));
}

/** Speaks this language from now on; for tests. */
export function speak(language: string, texts: string): void {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(texts), { allowOverrides: true });
  voice = { language, rightToLeft: RIGHT_TO_LEFT.includes(language), bundle };
}

/** The language spoken, as a tag for `Intl`. */
export function language(): string {
  return speaking().language;
}

export function isRightToLeft(): boolean {
  return speaking().rightToLeft;
}

/** The sentence of this id. One that is nowhere is a bug, shown as its id: tests/architecture/test_catalogue.py finds it. */
export function t(id: string, values: Values = {}): string {
  const { bundle, rightToLeft } = speaking();
  const pattern = bundle.getMessage(id)?.value;
  if (pattern === null || pattern === undefined) return missing(id);
  const choosing = choosingIn(pattern);
  const apart: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(values)) {
    apart[name] =
      typeof value === "string" && !choosing.has(name)
        ? isolated(called(value), rightToLeft)
        : value;
  }
  const wrong: Error[] = [];
  const text = bundle.formatPattern(pattern, apart, wrong);
  if (wrong.length > 0) console.error(id, ...wrong);
  return text;
}

/** The sentence of this id, cut where the values of these names are, each of which it may have anywhere. */
export function pieces(
  id: string,
  names: readonly string[],
  values: Values = {},
): readonly Piece[] {
  const marked = Object.fromEntries(
    names.map((name, place) => [name, `${CUT}${place}${CUT}`]),
  );
  return t(id, { ...values, ...marked })
    .split(CUT)
    .map((text, place) =>
      place % 2 === 1 ? { value: names[Number(text)] ?? "" } : { text },
    )
    .filter((piece) => "value" in piece || piece.text !== "");
}

/** By the texts in the page. A script that came to another release's page brought English for what is lacking there. */
function speaking(): Voice {
  if (voice === null) {
    const [english, own] = ["english", "texts"].map(
      (id) => globalThis.document?.getElementById(id)?.textContent,
    );
    speak(
      own === undefined ? ENGLISH : document.documentElement.lang,
      `${english ?? ""}\n${own ?? ""}`,
    );
  }
  return voice!;
}

function missing(id: string): string {
  console.error(`no sentence is called ${id}`);
  return id;
}

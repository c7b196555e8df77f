/** Which values of a sentence choose among its forms. They are words of ours, compared with what stands there: nothing marks them off. */

import type { Message } from "@fluent/bundle";

type Pattern = NonNullable<Message["value"]>;
type Part = Exclude<Pattern, string>[number];

/** By their names; worked out once for each sentence. */
const known = new WeakMap<Exclude<Pattern, string>, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

export function choosingIn(pattern: Pattern): ReadonlySet<string> {
  if (typeof pattern === "string") return NONE;
  let names = known.get(pattern);
  if (names === undefined) {
    names = new Set(pattern.flatMap(chosenBy));
    known.set(pattern, names);
  }
  return names;
}

function chosenBy(part: Part): readonly string[] {
  if (typeof part === "string" || part.type !== "select") return [];
  const { selector, variants } = part;
  const own = selector.type === "var" ? [selector.name] : [];
  const within = variants.flatMap(({ value }) => [...choosingIn(value)]);
  return [...own, ...within];
}

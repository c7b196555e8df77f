/** What people said around a game, in its order, each once. Pure. */

import type { Aside } from "@clew/client";

export type SaidTold = Extract<Aside, { type: "said" }>;
export type SignedTold = Extract<Aside, { type: "signed" }>;

export const SAYING_CHARS_MAX = 200;
/** From so few on it is said how many characters are left. */
const LEFT_SHOWN_MAX = 20;
/** More of it a page does not keep. */
export const SAYINGS_MAX = 200;

export interface Saying {
  readonly id: string;
  /** As they were called who said it: the seat may be another's by now. */
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

export interface Named {
  readonly player_id: string;
  readonly display_name: string;
}

export function isSaid(aside: { readonly type: string }): aside is SaidTold {
  return aside.type === "said";
}

export function isSigned(aside: {
  readonly type: string;
}): aside is SignedTold {
  return aside.type === "signed";
}

/** What names a saying: a server tells the latest again to whoever comes, or comes back. */
export function keyOf({ id, at }: Pick<Saying, "at" | "id">): string {
  return `${id} ${at}`;
}

/** With those that were not known yet, by their time. */
export function withNew(
  known: readonly Saying[],
  heard: readonly Saying[],
): readonly Saying[] {
  const keys = new Set(known.map(keyOf));
  const fresh = heard.filter((saying) => {
    const isNew = !keys.has(keyOf(saying));
    keys.add(keyOf(saying));
    return isNew;
  });
  if (fresh.length === 0) return known;
  return [...known, ...fresh]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .slice(-SAYINGS_MAX);
}

/** Counted as the server does: by code points. Null as long as there are plenty; negative: so many are too many. */
export function charsLeft(text: string): number | null {
  const left = SAYING_CHARS_MAX - [...text.trim()].length;
  return left <= LEFT_SHOWN_MAX ? left : null;
}

/** One line, as far as a page can tell; the server judges. */
export function squeezed(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

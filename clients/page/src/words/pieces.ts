/** Sentences about people whose names are known later: who sits where, and which of them is you. */

import { pieces, type Values } from "$parts/catalogue/catalogue";

export type Piece = string | { readonly seat: string };

/** The catalogue's sentence of this id, with more than text in these places. */
export function sentence(id: string, within: Readonly<Record<string, readonly Piece[]>>, values: Values = {}): Piece[] {
  const cut = pieces(id, Object.keys(within), values);
  return joined(...cut.map((piece) => ("value" in piece ? (within[piece.value] ?? []) : piece.text)));
}

/** One piece after the other, texts joined. */
export function joined(...parts: readonly (Piece | readonly Piece[])[]): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of parts.flat() as Piece[]) {
    const last = pieces.at(-1);
    if (typeof piece === "string" && typeof last === "string") pieces[pieces.length - 1] = last + piece;
    else if (piece !== "") pieces.push(piece);
  }
  return pieces;
}

/** The same as text, with a name for each seat. */
export function plain(pieces: readonly Piece[], nameOf: (seat: string) => string): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : nameOf(piece.seat))).join("");
}

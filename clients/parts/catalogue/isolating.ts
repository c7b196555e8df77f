/** Text of the other direction within a sentence, kept from turning the rest of it round: as the server does it. */

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** `text` as part of a sentence of that direction: marked off only if a letter in it runs the other way, and if nothing
 * in it is marked off already, as the names of a list are. */
export function isolated(text: string, rightToLeft: boolean): string {
  if (text.includes(FIRST_STRONG_ISOLATE)) return text;
  const other = [...text].some(
    (sign) => LETTER.test(sign) && RIGHT_TO_LEFT.test(sign) !== rightToLeft,
  );
  return other ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
}

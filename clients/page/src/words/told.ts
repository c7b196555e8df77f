/** What a game tells, in words made from its type and its fields: "Sold: to Ada, price 7". */

import { t } from "$parts/catalogue/catalogue";
import { listedWith } from "$parts/catalogue/formats";
import { isObject, type Json, type JsonObject } from "../json";
import { labelOf, lowerWords } from "./names";
import { joined, sentence, type Piece } from "./pieces";

/** Fields that say who it is about, and need no word beside the name. */
const WHO = new Set(["seat", "player", "who", "id", "player_id", "by"]);
const TAG = "type";

export type IsSeat = (text: string) => boolean;

export interface Phrase {
  /** What happened, as a title: "Sold". */
  readonly title: string;
  /** What belongs to it, for the middle of a sentence; nothing if that is all. */
  readonly rest: readonly Piece[];
}

export function phraseOf(value: JsonObject, isSeat: IsSeat): Phrase {
  const fields = Object.entries(value).filter(([name]) => name !== TAG);
  return { title: typeof value[TAG] === "string" ? labelOf(value[TAG]) : "", rest: fieldsOf(fields, isSeat) };
}

/** A value as part of a sentence, such as a plan: "bid 7". What is told in it comes with its title first. */
export function wordsOf(value: Json, isSeat: IsSeat): Piece[] {
  if (Array.isArray(value)) return several(value.map((each) => wordsOf(each, isSeat)));
  if (!isObject(value)) return [leafOf(value, isSeat)];
  const { title, rest } = phraseOf(value, isSeat);
  if (title === "") return [...rest];
  return rest.length === 0 ? [lowerWords(title)] : joined(`${lowerWords(title)} `, rest);
}

function fieldsOf(fields: readonly (readonly [string, Json])[], isSeat: IsSeat): Piece[] {
  const parts = fields.map(([name, value]) => fieldWords(name, value, isSeat));
  return joined(...parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : [", ", ...part])));
}

function fieldWords(name: string, value: Json, isSeat: IsSeat): Piece[] {
  const label = isSeat(name) ? ({ seat: name } as const) : lowerWords(name);
  if (WHO.has(name) && typeof value === "string" && isSeat(value)) return [{ seat: value }];
  if (value === true) return [label];
  if (value === false)
    return typeof label === "string" ? [t("any-not", { what: label })] : sentence("any-not", { what: [label] });
  if (value === null || (Array.isArray(value) && value.length === 0)) return joined(label, ` ${t("any-none")}`);
  if (Array.isArray(value) && value.some(isObject))
    return joined(label, " (", several(value.map((each) => wordsOf(each, isSeat))), ")");
  if (isObject(value)) return joined(label, " ", thing(value, isSeat));
  return joined(label, " ", wordsOf(value, isSeat));
}

/** A thing by its values alone, if they are few and plain ("red 2"); else with all its words, in brackets. */
function thing(value: JsonObject, isSeat: IsSeat): Piece[] {
  const entries = Object.entries(value);
  const isPlain =
    entries.length <= 3 &&
    entries.every(([name, each]) => name !== TAG && !isSeat(name) && ["string", "number"].includes(typeof each));
  if (isPlain) return joined(...entries.map(([, each], at) => [at === 0 ? "" : " ", ...wordsOf(each, isSeat)]));
  return joined("(", wordsOf(value, isSeat), ")");
}

function several(words: readonly Piece[][]): Piece[] {
  return joined(...listedWith(words));
}

function leafOf(value: null | boolean | number | string, isSeat: IsSeat): Piece {
  if (typeof value === "string") return isSeat(value) ? { seat: value } : value.replaceAll("_", " ");
  if (typeof value === "boolean") return value ? t("any-yes") : t("any-no");
  return value === null ? t("any-none") : String(value);
}

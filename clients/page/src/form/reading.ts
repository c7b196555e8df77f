/** From what stands in a form to the value that is sent, or to what is not right yet. */

import { t } from "$parts/catalogue/catalogue";
import { assertNever } from "@clew/client";
import type { Json, JsonObject } from "../json";
import type { Draft } from "./draft";
import { fewValues } from "./schema";
import type { Field, ListField, MapField, NumberField, RecordField, TextField } from "./field";

/** `path` leads to the part that is not right, as the server would say it: "lots", "steps[1].to". */
export interface Trouble {
  readonly path: string;
  readonly text: string;
}

export type Reading =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly troubles: readonly Trouble[] };

/** The value that stands in the form. A draft of another field is a mistake of ours, and reads as nothing chosen. */
export function read(field: Field, draft: Draft, path = ""): Reading {
  switch (field.kind) {
    case "number":
      return readNumber(field, textOf(draft), path);
    case "text":
      return readText(field, textOf(draft), path);
    case "seat":
      return textOf(draft) === "" ? wrong(path, t("form-wrong-somebody")) : fine(textOf(draft));
    case "any":
      return readAnything(textOf(draft), path);
    case "flag":
      return fine(draft.kind === "flag" && draft.on);
    case "choice": {
      const value = draft.kind === "choice" && draft.at !== null ? field.values[draft.at] : undefined;
      return value === undefined ? wrong(path, t("form-wrong-one")) : fine(value);
    }
    case "fixed":
      return fine(field.value);
    case "maybe":
      return draft.kind === "maybe" && draft.inner !== null ? read(field.inner, draft.inner, path) : fine(null);
    case "one_of": {
      const variant = draft.kind === "one_of" && draft.at !== null ? field.variants[draft.at] : undefined;
      if (draft.kind !== "one_of" || variant === undefined) return wrong(path, t("form-wrong-one"));
      return read(variant.field, draft.inner, path);
    }
    case "record":
      return readRecord(field, draft, path);
    case "list":
      return readList(field, itemsOf(draft), path);
    case "row":
      return gathered(field.items.map((item, at) => read(item, itemsOf(draft)[at] ?? NOTHING, `${path}[${at}]`)));
    case "map":
      return readMap(field, draft, path);
    default:
      return assertNever(field, fine(null));
  }
}

/** Whether there is more to say of a number than that it is one. */
export function isBounded({ least, most, above, below, multipleOf }: NumberField): boolean {
  return [least, most, above, below, multipleOf].some((bound) => bound !== null);
}

/** What a number must be, in words; "" if any will do. */
export function boundsOf({ whole, least, most, above, below, multipleOf }: NumberField): string {
  const from = least !== null ? `${least}` : above !== null ? t("form-above", { bound: above }) : null;
  const to = most !== null ? `${most}` : below !== null ? t("form-below", { bound: below }) : null;
  const bounds =
    from !== null && to !== null
      ? t("form-from-to", { from, to })
      : from !== null
        ? least === null
          ? from
          : t("form-at-least", { bound: from })
        : to === null || most === null
          ? to
          : t("form-at-most", { bound: to });
  if (bounds !== null) return multipleOf === null ? bounds : t("form-in-steps", { bounds, step: String(multipleOf) });
  if (multipleOf !== null) return t("form-steps", { step: String(multipleOf) });
  return whole ? t("form-whole") : "";
}

const AN_EXAMPLE = '3, "text", [1, 2], {"a": true}';
const NOTHING: Draft = { kind: "fixed" };
/** As people write one; `Number` alone would take "0x1f" and nothing at all, too. */
const A_NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

function fine(value: Json): Reading {
  return { ok: true, value };
}

function wrong(path: string, text: string): Reading {
  return { ok: false, troubles: [{ path, text }] };
}

function textOf(draft: Draft): string {
  return draft.kind === "entry" ? draft.text.trim() : "";
}

function itemsOf(draft: Draft): readonly Draft[] {
  return draft.kind === "items" ? draft.items : [];
}

function readNumber(field: NumberField, text: string, path: string): Reading {
  if (text === "" && fewValues(field) !== null) return wrong(path, t("form-wrong-one"));
  const value = A_NUMBER.test(text) ? Number(text.replace(",", ".")) : NaN;
  const { least, most, above, below, multipleOf } = field;
  const isIn =
    (least === null || value >= least) &&
    (most === null || value <= most) &&
    (above === null || value > above) &&
    (below === null || value < below) &&
    (multipleOf === null || Number.isInteger(value / multipleOf));
  if (Number.isFinite(value) && isIn && (!field.whole || Number.isSafeInteger(value))) return fine(value);
  // That it is a whole number is said anyway.
  const bounds = isBounded(field) ? boundsOf(field) : "";
  if (bounds === "") return wrong(path, field.whole ? t("form-wrong-whole") : t("form-wrong-number"));
  return wrong(
    path,
    field.whole ? t("form-wrong-whole-bounds", { bounds }) : t("form-wrong-number-bounds", { bounds }),
  );
}

function readText(field: TextField, text: string, path: string): Reading {
  const length = [...text].length;
  if (length < field.least) return wrong(path, t("form-wrong-short", { count: field.least }));
  if (field.most !== null && length > field.most) return wrong(path, t("form-wrong-long", { count: field.most }));
  return fine(text); // A pattern is the server's to judge: its regular expressions are not the browser's.
}

function readAnything(text: string, path: string): Reading {
  try {
    return fine(JSON.parse(text) as Json);
  } catch {
    return wrong(path, t("form-wrong-json", { example: AN_EXAMPLE }));
  }
}

function readRecord(field: RecordField, draft: Draft, path: string): Reading {
  const drafts = draft.kind === "record" ? draft.parts : {};
  const value: JsonObject = {};
  const troubles: Trouble[] = [];
  for (const { name, field: part } of field.parts) {
    const found = drafts[name] ?? NOTHING;
    if (part.kind === "maybe" && part.without === "left_out" && !(found.kind === "maybe" && found.inner !== null))
      continue;
    const reading = read(part, found, path === "" ? name : `${path}.${name}`);
    if (reading.ok) value[name] = reading.value;
    else troubles.push(...reading.troubles);
  }
  return troubles.length === 0 ? fine(value) : { ok: false, troubles };
}

function readList(field: ListField, items: readonly Draft[], path: string): Reading {
  const count = countTrouble(items.length, field, path);
  return count ?? gathered(items.map((item, at) => read(field.item, item, `${path}[${at}]`)));
}

function readMap(field: MapField, draft: Draft, path: string): Reading {
  const entries = draft.kind === "entries" ? draft.entries : [];
  const count = countTrouble(entries.length, field, path);
  if (count !== null) return count;
  const value: JsonObject = {};
  const troubles: Trouble[] = [];
  entries.forEach((entry, at) => {
    const [key, each] = [
      read(field.key, entry.key, `${path}[${at}].for`),
      read(field.value, entry.value, `${path}[${at}]`),
    ];
    if (!key.ok) troubles.push(...key.troubles);
    else if (String(key.value) in value) troubles.push({ path: `${path}[${at}].for`, text: t("form-wrong-twice") });
    else if (each.ok) value[String(key.value)] = each.value;
    if (!each.ok) troubles.push(...each.troubles);
  });
  return troubles.length === 0 ? fine(value) : { ok: false, troubles };
}

function countTrouble(count: number, { least, most }: ListField | MapField, path: string): Reading | null {
  if (count < least) return wrong(path, t("form-wrong-least", { least }));
  return most !== null && count > most ? wrong(path, t("form-wrong-most", { most })) : null;
}

function gathered(readings: readonly Reading[]): Reading {
  const troubles = readings.flatMap((reading) => (reading.ok ? [] : reading.troubles));
  return troubles.length > 0
    ? { ok: false, troubles }
    : fine(readings.map((reading) => (reading.ok ? reading.value : null)));
}

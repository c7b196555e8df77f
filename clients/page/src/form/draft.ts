/** What stands in a form: every draft fits a field, and may not be a value yet, for a number half typed is none.
 *
 * Drafts are never changed: who types makes another one.
 */

import { assertNever } from "@clew/client";
import { isObject, isSame, type Json } from "../json";
import { fewValues } from "./schema";
import type { Field, OneOfField, RecordField } from "./field";

export type Draft =
  /** A number, a text, a seat or anything at all, as it is typed. */
  | { readonly kind: "entry"; readonly text: string }
  | { readonly kind: "flag"; readonly on: boolean }
  /** Which of a field's values, or variants; null: none yet. */
  | { readonly kind: "choice"; readonly at: number | null }
  | { readonly kind: "one_of"; readonly at: number | null; readonly inner: Draft }
  | { readonly kind: "maybe"; readonly inner: Draft | null }
  | { readonly kind: "record"; readonly parts: Readonly<Record<string, Draft>> }
  | { readonly kind: "items"; readonly items: readonly Draft[] }
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  | { readonly kind: "fixed" };

export interface Entry {
  readonly key: Draft;
  readonly value: Draft;
}

const FIXED: Draft = { kind: "fixed" };

/** What a form begins with: what is usual, and else nothing. */
export function blankOf(field: Field): Draft {
  switch (field.kind) {
    case "number":
    case "text":
    case "seat":
    case "any":
      return { kind: "entry", text: "" };
    case "flag":
      return { kind: "flag", on: false };
    case "choice":
      return { kind: "choice", at: null };
    case "fixed":
      return FIXED;
    case "maybe":
      return { kind: "maybe", inner: null };
    case "one_of":
      return { kind: "one_of", at: null, inner: FIXED };
    case "record":
      return recordOf(field, {});
    case "list":
      return { kind: "items", items: Array.from({ length: field.least }, () => blankOf(field.item)) };
    case "row":
      return { kind: "items", items: field.items.map(blankOf) };
    case "map":
      return { kind: "entries", entries: Array.from({ length: field.least }, () => entryOf(field)) };
    default:
      return assertNever(field, FIXED);
  }
}

/** A new entry of a table of names. */
export function entryOf(field: Extract<Field, { kind: "map" }>): Entry {
  return { key: blankOf(field.key), value: blankOf(field.value) };
}

/** The draft that stands for a value. What does not fit the field, as where page and server are not of one release, is blank. */
export function draftOf(field: Field, value: Json): Draft {
  switch (field.kind) {
    case "number":
      return typeof value === "number" ? { kind: "entry", text: String(value) } : blankOf(field);
    case "text":
    case "seat":
      return typeof value === "string" ? { kind: "entry", text: value } : blankOf(field);
    case "any":
      return { kind: "entry", text: JSON.stringify(value) };
    case "flag":
      return { kind: "flag", on: value === true };
    case "choice": {
      const at = field.values.findIndex((each) => isSame(each, value));
      return { kind: "choice", at: at === -1 ? null : at };
    }
    case "fixed":
      return FIXED;
    case "maybe":
      return { kind: "maybe", inner: value === null ? null : draftOf(field.inner, value) };
    case "one_of":
      return variantOf(field, value);
    case "record":
      return recordOf(field, isObject(value) ? value : {});
    case "list":
      return { kind: "items", items: Array.isArray(value) ? value.map((each) => draftOf(field.item, each)) : [] };
    case "row": {
      const items = Array.isArray(value) ? value : [];
      return { kind: "items", items: field.items.map((each, at) => partOf(each, items[at])) };
    }
    case "map": {
      const entries = Object.entries(isObject(value) ? value : {});
      const drafts = entries.map(([key, each]) => ({ key: keyOf(field.key, key), value: draftOf(field.value, each) }));
      return { kind: "entries", entries: drafts };
    }
    default:
      return assertNever(field, FIXED);
  }
}

/** Whether a value could be one of this field's, by its outside: enough to tell the variants of a union apart. */
function fits(field: Field, value: Json): boolean {
  switch (field.kind) {
    case "number":
      return typeof value === "number" && (!field.whole || Number.isInteger(value));
    case "text":
    case "seat":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "choice":
      return field.values.some((each) => isSame(each, value));
    case "fixed":
      return isSame(field.value, value);
    case "maybe":
      return value === null || fits(field.inner, value);
    case "one_of":
      return field.variants.some((each) => fits(each.field, value));
    case "record":
      return isObject(value) && field.parts.every(({ name, field: part }) => fixedFits(part, value[name]));
    case "list":
    case "row":
      return Array.isArray(value) && (field.kind === "list" || fitsRow(field.items, value));
    case "map":
      return isObject(value);
    case "any":
      return true;
    default:
      return assertNever(field, false);
  }
}

function fitsRow(items: readonly Field[], value: readonly Json[]): boolean {
  return items.length === value.length && items.every((item, at) => fixedFits(item, value[at]));
}

function fixedFits(part: Field, value: Json | undefined): boolean {
  return part.kind !== "fixed" || (value !== undefined && fits(part, value));
}

function variantOf(field: OneOfField, value: Json): Draft {
  const at = field.variants.findIndex((each) => fits(each.field, value));
  const variant = field.variants[at];
  return variant === undefined ? blankOf(field) : { kind: "one_of", at, inner: draftOf(variant.field, value) };
}

function recordOf(field: RecordField, values: { readonly [name: string]: Json }): Draft {
  const parts = field.parts.map(({ name, field: part, usual }) => {
    return [name, partOf(part, name in values ? values[name] : usual)] as const;
  });
  return { kind: "record", parts: Object.fromEntries(parts) };
}

function partOf(part: Field, value: Json | undefined): Draft {
  return value === undefined ? blankOf(part) : draftOf(part, value);
}

/** A name in JSON is a text, whatever its field says. */
function keyOf(field: Field, name: string): Draft {
  const draft = draftOf(field, name);
  const isNumber = field.kind === "number" || (fewValues(field)?.some((each) => typeof each === "number") ?? false);
  return isNumber ? draftOf(field, Number(name)) : draft;
}

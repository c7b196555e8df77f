/** Whether a plan points at places in lists: then lists show their places as the game counts them, from 0. */

import { assertNever } from "@clew/client";
import type { Field } from "./field";

/** No index is bounded by more. */
const PLACES_MAX = 64;

export function pointsAtPlaces(field: Field, seen: ReadonlySet<Field> = new Set()): boolean {
  if (seen.has(field)) return false;
  const parts = partsOf(field);
  const inside = new Set([...seen, field]);
  return isPlace(field) || parts.some((part) => pointsAtPlaces(part, inside));
}

function isPlace(field: Field): boolean {
  return field.kind === "number" && field.whole && field.least === 0 && field.most !== null && field.most <= PLACES_MAX;
}

function partsOf(field: Field): readonly Field[] {
  switch (field.kind) {
    case "record":
      return field.parts.map((part) => part.field);
    case "one_of":
      return field.variants.map((variant) => variant.field);
    case "maybe":
      return [field.inner];
    case "list":
      return [field.item];
    case "row":
      return field.items;
    case "map":
      return [field.key, field.value];
    case "number":
    case "text":
    case "seat":
    case "flag":
    case "choice":
    case "fixed":
    case "any":
      return [];
    default:
      return assertNever(field, []);
  }
}

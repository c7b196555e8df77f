/** What a form asks for: a JSON schema, as one closed union of fields.
 *
 * A field may hold itself, as a schema may: whoever walks one goes along a value, which ends.
 */

import { assertNever } from "@clew/client";
import type { Json } from "../json";

export type Field = LeafField | FixedField | MaybeField | RecordField | OneOfField | ListField | RowField | MapField;

/** A field that holds no others, and something to choose. */
export type LeafField = NumberField | TextField | SeatField | FlagField | ChoiceField | AnyField;

interface Said {
  /** What the schema says of it, or "". */
  readonly about: string;
}

/** A number. Bounds are inclusive; null where there are none. */
export interface NumberField extends Said {
  readonly kind: "number";
  readonly whole: boolean;
  readonly least: number | null;
  readonly most: number | null;
  /** What it must be more, or less, than. */
  readonly above: number | null;
  readonly below: number | null;
  readonly multipleOf: number | null;
}

export interface TextField extends Said {
  readonly kind: "text";
  readonly least: number;
  readonly most: number | null;
  readonly pattern: string | null;
  /** "date-time", "uuid", …, or "". */
  readonly format: string;
}

/** One of the people at the table. */
export interface SeatField extends Said {
  readonly kind: "seat";
}

export interface FlagField extends Said {
  readonly kind: "flag";
}

/** One of some values. */
export interface ChoiceField extends Said {
  readonly kind: "choice";
  readonly values: readonly Json[];
}

/** Nothing to choose: a struct's tag, or null. */
export interface FixedField extends Said {
  readonly kind: "fixed";
  readonly value: Json;
}

/** What may be missing: null then, or left out of its record altogether. */
export interface MaybeField extends Said {
  readonly kind: "maybe";
  readonly inner: Field;
  readonly without: "null" | "left_out";
}

export interface RecordField extends Said {
  readonly kind: "record";
  readonly title: string;
  readonly parts: readonly Part[];
}

/** A record's field. `about` is said of it here; `usual` is what it is if nobody says otherwise, undefined if it must be said. */
export interface Part extends Said {
  readonly name: string;
  readonly field: Field;
  readonly usual: Json | undefined;
}

/** One of several shapes. */
export interface OneOfField extends Said {
  readonly kind: "one_of";
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly field: Field;
}

/** Any number of the same. */
export interface ListField extends Said {
  readonly kind: "list";
  readonly item: Field;
  readonly least: number;
  readonly most: number | null;
}

/** A fixed number of things, each of its own kind. */
export interface RowField extends Said {
  readonly kind: "row";
  readonly items: readonly Field[];
}

/** Values by names. */
export interface MapField extends Said {
  readonly kind: "map";
  readonly key: Field;
  readonly value: Field;
  readonly least: number;
  readonly most: number | null;
}

/** Anything at all, written as JSON. */
export interface AnyField extends Said {
  readonly kind: "any";
}

export function isLeaf(field: Field): field is LeafField {
  switch (field.kind) {
    case "number":
    case "text":
    case "seat":
    case "flag":
    case "choice":
    case "any":
      return true;
    case "fixed":
    case "maybe":
    case "record":
    case "one_of":
    case "list":
    case "row":
    case "map":
      return false;
    default:
      return assertNever(field, false);
  }
}

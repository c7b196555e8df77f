/** From a JSON schema, as msgspec writes it, to the fields of a form.
 *
 * What a schema says beyond that is not lost: the server reads strictly, and its sentence stands beside the form.
 */

import { t } from "$parts/catalogue/catalogue";
import { isObject, type Json, type JsonObject } from "../json";
import type { Field, Part, Variant } from "./field";

/** Whole numbers within a span of so many are chosen among, where they stand beside other choices. */
const FEW = 12;
const REFERENCE = "#/$defs/";

/** The form for a schema, with the parts it refers to in its own `$defs`. */
export function fieldOf(schema: unknown): Field {
  const whole = isObject(schema) ? schema : {};
  return new Reader(isObject(whole.$defs) ? whole.$defs : {}).field(whole);
}

class Reader {
  readonly #defs: JsonObject;
  /** What a name stands for, met before or being read: a schema may hold itself. */
  readonly #known = new Map<string, Field>();

  constructor(defs: JsonObject) {
    this.#defs = defs;
  }

  field(schema: JsonObject): Field {
    const about = textOr(schema.description, "");
    if (typeof schema.$ref === "string") return this.#named(schema.$ref);
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (Array.isArray(choices)) return this.#union(choices.filter(isObject), schema);
    if (Array.isArray(schema.enum)) return valuesOf(schema.enum, about);
    if (schema.const !== undefined) return { kind: "fixed", value: schema.const, about };
    return this.#plain(schema, about);
  }

  #named(reference: string): Field {
    const name = reference.replace(REFERENCE, "").replaceAll("~1", "/").replaceAll("~0", "~");
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const schema = this.#defs[name];
    if (!isObject(schema)) return { kind: "any", about: "" };
    // What refers to itself finds this place, which is filled once all of it is read.
    const place = { kind: "any", about: "" } as Field;
    this.#known.set(name, place);
    return Object.assign(place, this.field(schema));
  }

  #union(choices: readonly JsonObject[], schema: JsonObject): Field {
    const [only] = choices;
    if (choices.length === 1 && only !== undefined) return this.field(only);
    const others = choices.filter((choice) => choice.type !== "null");
    if (others.length < choices.length) {
      const inner =
        others.length === 1 && others[0] !== undefined ? this.field(others[0]) : this.#oneOf(others, schema);
      return { kind: "maybe", inner, without: "null", about: textOr(schema.description, "") };
    }
    return this.#oneOf(others, schema);
  }

  #oneOf(choices: readonly JsonObject[], schema: JsonObject): Field {
    const fields = choices.map((choice) => this.field(choice));
    const values = fields.map(fewValues);
    const about = textOr(schema.description, "");
    if (values.every((some) => some !== null)) return { kind: "choice", values: values.flat(), about };
    const variants = choices.map((choice, at) => this.#variant(choice, fields[at] as Field, schema));
    return { kind: "one_of", variants, about };
  }

  #variant(choice: JsonObject, field: Field, schema: JsonObject): Variant {
    const mapping = isObject(schema.discriminator) ? schema.discriminator.mapping : undefined;
    const tag = isObject(mapping) ? Object.keys(mapping).find((name) => mapping[name] === choice.$ref) : undefined;
    if (tag !== undefined) return { name: tag, field };
    if (field.kind === "record" && field.title !== "") return { name: field.title, field };
    return { name: textOr(choice.title, NAMES[field.kind]), field };
  }

  #plain(schema: JsonObject, about: string): Field {
    switch (schema.type) {
      case "integer":
      case "number":
        return numberOf(schema, about);
      case "string":
        return schema.format === "seat" ? { kind: "seat", about } : textOf(schema, about);
      case "boolean":
        return { kind: "flag", about };
      case "null":
        return { kind: "fixed", value: null, about };
      case "array":
        return this.#array(schema, about);
      case "object":
        return isObject(schema.properties) ? this.#record(schema, schema.properties, about) : this.#map(schema, about);
      default:
        return { kind: "any", about };
    }
  }

  #array(schema: JsonObject, about: string): Field {
    if (Array.isArray(schema.prefixItems)) {
      return { kind: "row", items: schema.prefixItems.filter(isObject).map((each) => this.field(each)), about };
    }
    const item = this.field(isObject(schema.items) ? schema.items : {});
    return { kind: "list", item, least: numberOr(schema.minItems, 0), most: numberOr(schema.maxItems, null), about };
  }

  #map(schema: JsonObject, about: string): Field {
    const names = isObject(schema.propertyNames) ? { type: "string", ...schema.propertyNames } : { type: "string" };
    return {
      kind: "map",
      key: this.field(names),
      value: this.field(isObject(schema.additionalProperties) ? schema.additionalProperties : {}),
      least: numberOr(schema.minProperties, 0),
      most: numberOr(schema.maxProperties, null),
      about,
    };
  }

  #record(schema: JsonObject, properties: JsonObject, about: string): Field {
    const required = Array.isArray(schema.required) ? schema.required : [];
    const parts = Object.entries(properties).map(([name, each]): Part => {
      const shape = isObject(each) ? each : {};
      const field = this.field(shape);
      const about = textOr(shape.description, "");
      const usual = shape.default;
      if (usual !== undefined || required.includes(name)) return { name, field, about, usual };
      return { name, field: { kind: "maybe", inner: field, without: "left_out", about: "" }, about, usual };
    });
    return { kind: "record", title: textOr(schema.title, ""), parts, about };
  }
}

/** What a variant without a name of its own is called. */
const NAMES: Record<Field["kind"], string> = {
  number: t("form-kind-number"),
  text: t("form-kind-text"),
  seat: t("form-kind-seat"),
  flag: t("form-kind-flag"),
  choice: t("form-kind-choice"),
  fixed: t("form-kind-fixed"),
  maybe: t("form-kind-maybe"),
  record: t("form-kind-record"),
  one_of: t("form-kind-one-of"),
  list: t("form-kind-list"),
  row: t("form-kind-row"),
  map: t("form-kind-map"),
  any: t("form-kind-any"),
};

function valuesOf(values: readonly Json[], about: string): Field {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? { kind: "fixed", value: only, about }
    : { kind: "choice", values, about };
}

/** The values among which a field chooses, if they are few; else null. */
export function fewValues(field: Field): readonly Json[] | null {
  if (field.kind === "choice") return field.values;
  if (field.kind === "fixed") return [field.value];
  if (field.kind !== "number" || !field.whole || field.least === null || field.most === null) return null;
  const [least, count] = [field.least, field.most - field.least + 1];
  if (count > FEW || field.multipleOf !== null) return null;
  return Array.from({ length: count }, (_, at) => least + at);
}

function numberOf(schema: JsonObject, about: string): Field {
  const whole = schema.type === "integer";
  const above = numberOr(schema.exclusiveMinimum, null);
  const below = numberOr(schema.exclusiveMaximum, null);
  return {
    kind: "number",
    whole,
    least: numberOr(schema.minimum, whole && above !== null ? above + 1 : null),
    most: numberOr(schema.maximum, whole && below !== null ? below - 1 : null),
    above: whole ? null : above,
    below: whole ? null : below,
    multipleOf: numberOr(schema.multipleOf, null),
    about,
  };
}

function textOf(schema: JsonObject, about: string): Field {
  return {
    kind: "text",
    least: numberOr(schema.minLength, 0),
    most: numberOr(schema.maxLength, null),
    pattern: typeof schema.pattern === "string" ? schema.pattern : null,
    format: textOr(schema.format ?? schema.contentEncoding, ""),
    about,
  };
}

function textOr(value: Json | undefined, instead: string): string {
  return typeof value === "string" ? value : instead;
}

function numberOr<T>(value: Json | undefined, instead: T): number | T {
  return typeof value === "number" ? value : instead;
}

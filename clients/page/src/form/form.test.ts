import { describe, expect, test } from "vitest";
import schemas from "../../tests/schemas.json";
import type { Json } from "../json";
import { blankOf, draftOf, type Draft } from "./draft";
import type { Field } from "./field";
import { boundsOf, read, type Trouble } from "./reading";
import { fieldOf } from "./schema";

type Name = keyof typeof schemas;

function form(name: Name): Field {
  return fieldOf(schemas[name].schema);
}

/** One part of a record's form. */
function part(name: Name, of: string): Field {
  const field = form(name);
  const found = field.kind === "record" ? field.parts.find((each) => each.name === of) : undefined;
  if (found === undefined) throw new Error(`${name} has no ${of}`);
  return found.field;
}

function typed(text: string): Draft {
  return { kind: "entry", text };
}

function troubles(field: Field, draft: Draft): readonly Trouble[] {
  const reading = read(field, draft);
  return reading.ok ? [] : reading.troubles;
}

const SAMPLES = Object.entries(schemas).flatMap(([name, { values }]) =>
  values.map((value, at) => [name as Name, at, value as Json] as const),
);

describe("a form made from a schema", () => {
  test.each(SAMPLES)("gives the value of %s %i back as it was put in", (name, _, value) => {
    const field = form(name);

    expect(read(field, draftOf(field, value))).toEqual({ ok: true, value });
  });

  test("begins with what is usual, and with nothing where nothing is", () => {
    const field = form("choices");

    expect(troubles(field, blankOf(field))).toEqual([{ path: "pace", text: "Choose one." }]);
    expect(read(field, draftOf(field, { pace: "slow" }))).toEqual({
      ok: true,
      value: { pace: "slow", colour: "red", about: 2, loud: false },
    });
  });

  test("says of each part what is asked, as its schema does", () => {
    const field = form("inner");
    const said = field.kind === "record" ? field.parts.map(({ name, about }) => [name, about]) : [];

    expect(said[0]).toEqual(["at", "Where it stands"]);
    expect(form("people").about).toBe("Whom it concerns.");
  });

  test("knows seats from other texts", () => {
    expect(part("people", "to").kind).toBe("seat");
    expect(part("people", "instead")).toMatchObject({ kind: "maybe", inner: { kind: "seat" }, without: "null" });
    expect(part("people", "shares")).toMatchObject({ kind: "map", key: { kind: "seat" }, value: { kind: "number" } });
    expect(part("texts", "word").kind).toBe("text");
  });

  test("offers words and a few numbers together as one choice", () => {
    expect(part("choices", "about")).toMatchObject({ kind: "choice", values: ["blue", "red", 1, 2, 3] });
  });

  test("calls the variants of a union by their tags, and asks for no tag", () => {
    const field = form("one_step");
    if (field.kind !== "one_of") throw new Error("no union");

    expect(field.variants.map(({ name }) => name)).toEqual(["Go", "Wait", "Both"]);
    expect(read(field, { kind: "one_of", at: 1, inner: blankOf(field.variants[1]?.field ?? field) })).toEqual({
      ok: true,
      value: { type: "Wait" },
    });
  });

  test("may hold itself, as deep as somebody fills it in", () => {
    const field = form("one_step");
    const both = field.kind === "one_of" ? field.variants[2]?.field : undefined;
    const first = both?.kind === "record" ? both.parts.find(({ name }) => name === "first")?.field : undefined;

    expect(first).toMatchObject({ kind: "one_of" });
    expect(troubles(field, { kind: "one_of", at: 2, inner: blankOf(both ?? field) })).toEqual([
      { path: "first", text: "Choose one." },
    ]);
  });

  test("leaves out what its owner leaves to the game", () => {
    const field = form("inner");

    const value = read(field, draftOf(field, { at: { x: 1 } }));

    expect(value).toEqual({
      ok: true,
      value: { at: { x: 1, y: 0 }, size: { x: 1, y: 1 }, note: null, anything: null },
    });
  });

  test("does not fall over what it has never heard of", () => {
    for (const schema of [null, {}, { type: "tensor" }, { $ref: "#/$defs/Gone" }, { anyOf: [] }, 7]) {
      const field = fieldOf(schema);

      expect(troubles(field, blankOf(field)).length).toBeLessThanOrEqual(1);
    }
  });

  test("is blank where a value is none of its own", () => {
    for (const name of Object.keys(schemas) as Name[]) {
      const field = form(name);
      for (const value of [null, 7, "x", [], [[1]], { at: [] }, true]) {
        expect(() => read(field, draftOf(field, value))).not.toThrow();
      }
    }
  });
});

describe("a number", () => {
  test.each(["0", "12", " 7 "])("within its bounds is one: %s", (text) => {
    expect(troubles(part("numbers", "dozen"), typed(text))).toEqual([]);
  });

  test.each(["", "-1", "13", "1.5", "seven", "1e99", "NaN", "0xa"])("that is none says what it must be: %s", (text) => {
    const found = troubles(part("numbers", "dozen"), typed(text));

    expect(found).toEqual([{ path: "", text: "A whole number, 0 to 12." }]);
  });

  test("that is one of a few is chosen, not typed", () => {
    expect(troubles(fieldOf({ type: "integer", minimum: 0, maximum: 4 }), typed(""))).toEqual([
      { path: "", text: "Choose one." },
    ]);
  });

  test("keeps to bounds that are not part of it, and to its steps", () => {
    const [even, share] = [part("numbers", "even"), part("numbers", "share")];

    expect([even, share].map((field) => (field.kind === "number" ? boundsOf(field) : ""))).toEqual([
      "1 to 99, in steps of 2",
      "more than 0 to 1",
    ]);
    expect(["3", "0", "100"].map((text) => troubles(even, typed(text)).length)).toEqual([1, 1, 1]);
    expect(["0", "0,5", "1.01"].map((text) => troubles(share, typed(text)).length)).toEqual([1, 0, 1]);
  });
});

describe("what is not right", () => {
  test("is said with the way to it", () => {
    const field = form("lists");
    const draft = draftOf(field, { path: [{ x: 1 }, {}], pair: [1, "b"], as_array: [1, ""], tags: [], by_number: {} });

    expect(troubles(field, draft)).toEqual([{ path: "path[1].x", text: "A whole number." }]);
  });

  test("is too few, too many, too long, and twice", () => {
    const lists = part("lists", "path");
    const shares = part("people", "shares");
    const twice: Draft = {
      kind: "entries",
      entries: [typed("p1"), typed("p1")].map((key) => ({ key, value: typed("1") })),
    };

    expect(troubles(lists, { kind: "items", items: [] })[0]?.text).toBe("At least 1.");
    expect(
      troubles(
        lists,
        draftOf(
          lists,
          [1, 2, 3, 4].map((x) => ({ x })),
        ),
      )[0]?.text,
    ).toBe("At most 3.");
    expect(troubles(part("texts", "word"), typed("much too long"))[0]?.text).toBe("At most 8 characters.");
    expect(troubles(shares, twice)).toEqual([{ path: "[1].for", text: "That one is there already." }]);
  });
});

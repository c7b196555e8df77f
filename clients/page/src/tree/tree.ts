/** A value that a game shows, as something to look at: tables where there are rows, sentences where something is told. */

import { assertNever } from "@clew/client";
import { isObject, type Json, type JsonObject } from "../json";
import { labelOf } from "../words/names";

export type Node = Small | Large;

/** Enough for a line or a cell. */
export type Small =
  | { readonly kind: "nothing" }
  | { readonly kind: "flag"; readonly on: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "person"; readonly seat: string }
  /** A few small things side by side. */
  | { readonly kind: "inline"; readonly parts: readonly Small[] };

export type Large =
  /** Something that is told: its type, and what belongs to it. */
  | { readonly kind: "told"; readonly value: JsonObject }
  | { readonly kind: "record"; readonly parts: readonly RecordPart[] }
  | Table
  | { readonly kind: "list"; readonly items: readonly Node[] }
  /** Something for each of the people. */
  | { readonly kind: "people"; readonly entries: readonly { readonly seat: string; readonly node: Node }[] };

export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface RecordPart {
  readonly name: string;
  readonly label: string;
  readonly node: Node;
}

export interface Column {
  /** "" where the table's own name is enough. */
  readonly label: string;
  /** Numbers stand at the right, under each other. */
  readonly numeric: boolean;
}

/** `place` is where it stands in its list, from 0; `seat` is whose it is, where the table is of people. */
export interface Row {
  readonly place: number | null;
  readonly seat: string | null;
  readonly cells: readonly Small[];
}

export type IsSeat = (text: string) => boolean;

const TAG = "type";
/** A record of so many small fields may stand in one cell. */
const INLINE_MAX = 3;

export function treeOf(value: Json, isSeat: IsSeat): Node {
  if (Array.isArray(value)) return listOf(value, isSeat);
  if (!isObject(value)) return leafOf(value, isSeat);
  const names = Object.keys(value);
  if (names.length > 0 && names.every(isSeat)) return peopleOf(value, isSeat);
  if (isTold(value)) return { kind: "told", value };
  const parts = names.map((name) => ({
    name,
    label: isSeat(name) ? name : labelOf(name),
    node: treeOf(value[name] ?? null, isSeat),
  }));
  return { kind: "record", parts };
}

/** Whether it is one of a union's members: it says which. */
export function isTold(value: Json): value is JsonObject {
  return isObject(value) && typeof value[TAG] === "string" && value[TAG] !== "";
}

export function isSmall(node: Node): node is Small {
  switch (node.kind) {
    case "nothing":
    case "flag":
    case "number":
    case "text":
    case "person":
    case "inline":
      return true;
    case "told":
    case "record":
    case "table":
    case "list":
    case "people":
      return false;
    default:
      return assertNever(node, false);
  }
}

function leafOf(value: null | boolean | number | string, isSeat: IsSeat): Small {
  if (value === null) return { kind: "nothing" };
  if (typeof value === "boolean") return { kind: "flag", on: value };
  if (typeof value === "number") return { kind: "number", value };
  return isSeat(value) ? { kind: "person", seat: value } : { kind: "text", text: spoken(value) };
}

/** A name out of code as words; what somebody wrote stays as it is. */
function spoken(text: string): string {
  return /^[a-z0-9]+(_[a-z0-9]+)+$/.test(text) ? text.replaceAll("_", " ") : text;
}

function listOf(values: readonly Json[], isSeat: IsSeat): Node {
  const parts = values.map((value) => treeOf(value, isSeat));
  const isPlain = values.every((value) => !Array.isArray(value) && !isObject(value));
  if (isPlain && parts.every(isSmall)) return { kind: "inline", parts };
  const rows = values.map((value, place) => ({ place, seat: null, value }));
  return tableOf(rows, isSeat) ?? { kind: "list", items: parts };
}

function peopleOf(value: JsonObject, isSeat: IsSeat): Node {
  const entries = Object.entries(value);
  const nodes = entries.map(([seat, each]) => ({ seat, node: treeOf(each, isSeat) }));
  const rows = entries.map(([seat, each]) => ({ place: null, seat, value: each }));
  return oneEach(nodes) ?? tableOf(rows, isSeat) ?? { kind: "people", entries: nodes };
}

/** A table of one small thing for each, whose column needs no name; null if it is more. */
function oneEach(nodes: readonly { readonly seat: string; readonly node: Node }[]): Node | null {
  const rows = nodes.flatMap(({ seat, node }) => (isSmall(node) ? [{ place: null, seat, cells: [node] }] : []));
  if (rows.length < nodes.length) return null;
  return { kind: "table", columns: [{ label: "", numeric: isNumeric(rows, 0) }], rows };
}

interface Raw {
  readonly place: number | null;
  readonly seat: string | null;
  readonly value: Json;
}

/** A table, if all the rows have the same small fields; else null. A tag that all share says nothing, and is left out. */
function tableOf(raw: readonly Raw[], isSeat: IsSeat): Node | null {
  const values = raw.map(({ value }) => value).filter(isObject);
  const [first] = values;
  if (first === undefined || values.length < raw.length) return null;
  const tagged = values.every((value) => isTold(value) && value[TAG] === first[TAG]);
  if (!tagged && values.some(isTold)) return null;
  const names = Object.keys(first).filter((name) => !(tagged && name === TAG));
  const width = names.length + (tagged ? 1 : 0);
  const same = values.every((value) => Object.keys(value).length === width && names.every((name) => name in value));
  if (names.length === 0 || !same) return null;
  const rows: Row[] = [];
  for (const [at, { place, seat }] of raw.entries()) {
    const cells = names.map((name) => cellOf(values[at]?.[name] ?? null, isSeat)).filter((cell) => cell !== null);
    if (cells.length < names.length) return null;
    rows.push({ place, seat, cells });
  }
  const columns = names.map((name, at) => ({ label: labelOf(name), numeric: isNumeric(rows, at) }));
  return { kind: "table", columns, rows };
}

function isNumeric(rows: readonly Row[], column: number): boolean {
  const kinds = rows.map(({ cells }) => cells[column]?.kind);
  return kinds.includes("number") && kinds.every((kind) => kind === "number" || kind === "nothing");
}

/** What stands in a cell, or null if it does not fit: of a small record its values alone. */
function cellOf(value: Json, isSeat: IsSeat): Small | null {
  const node = treeOf(value, isSeat);
  if (node.kind !== "record") return isSmall(node) ? node : null;
  const parts = node.parts.map((part) => part.node).filter(isSmall);
  return parts.length === node.parts.length && parts.length > 0 && parts.length <= INLINE_MAX
    ? { kind: "inline", parts }
    : null;
}

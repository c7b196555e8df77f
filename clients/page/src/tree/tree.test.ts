import { describe, expect, test } from "vitest";
import type { Json } from "../json";
import { treeOf, type Node } from "./tree";

const isSeat = (text: string): boolean => ["p1", "p2"].includes(text);

/** A node in short: enough to see what became of a value. */
function short(node: Node): Json {
  switch (node.kind) {
    case "nothing":
      return null;
    case "flag":
      return node.on;
    case "number":
      return node.value;
    case "text":
      return node.text;
    case "person":
      return `@${node.seat}`;
    case "inline":
      return `<${node.parts.map((part) => String(short(part))).join(" ")}>`;
    case "told":
      return { told: node.value };
    case "record":
      return Object.fromEntries(node.parts.map((part) => [part.label, short(part.node)]));
    case "table":
      return {
        columns: node.columns.map(({ label, numeric }) => (numeric ? `${label}#` : label)),
        rows: node.rows.map((row) => [row.seat ?? row.place, ...row.cells.map(short)]),
      };
    case "list":
      return node.items.map(short);
    case "people":
      return Object.fromEntries(node.entries.map((entry) => [`@${entry.seat}`, short(entry.node)]));
  }
}

const shown = (value: Json): Json => short(treeOf(value, isSeat));

describe("a value that a game shows", () => {
  test("has words for its fields, and people for its seats", () => {
    expect(shown({ lots_left: 4, purse: null, leader: "p1", is_open: true })).toEqual({
      "Lots left": 4,
      Purse: null,
      Leader: "@p1",
      "Is open": true,
    });
  });

  test("is a table where it is a list of the same, without a tag that all share", () => {
    const sold = [
      { type: "Sold", to: "p1", price: 7 },
      { type: "Sold", to: null, price: 0 },
    ];

    expect(shown(sold)).toEqual({
      columns: ["To", "Price#"],
      rows: [
        [0, "@p1", 7],
        [1, null, 0],
      ],
    });
  });

  test("has a small thing in one cell", () => {
    const hand = [
      { card: { colour: "red", rank: 2 }, colour: null, rank: 2 },
      { card: null, colour: "red", rank: null },
    ];

    expect(shown(hand)).toEqual({
      columns: ["Card", "Colour", "Rank#"],
      rows: [
        [0, "<red 2>", null, 2],
        [1, null, "red", null],
      ],
    });
  });

  test("is told where its parts are of several kinds", () => {
    const last = [
      { type: "Played", seat: "p1" },
      { type: "TurnEnded", seat: "p1" },
    ];

    expect(shown(last)).toEqual(last.map((told) => ({ told })));
  });

  test("is a table of people where there is something small for each", () => {
    expect(shown({ p1: { left: 3, bids: 1 }, p2: { left: 9, bids: 0 } })).toEqual({
      columns: ["Left#", "Bids#"],
      rows: [
        ["p1", 3, 1],
        ["p2", 9, 0],
      ],
    });
    const rows = [
      ["p1", 3],
      ["p2", 9],
    ];
    expect(shown({ p1: 3, p2: 9 })).toEqual({ columns: ["#"], rows });
  });

  test("is somebody's where there is more for each", () => {
    expect(shown({ p1: [{ rank: 1 }], p2: [] })).toEqual({
      "@p1": { columns: ["Rank#"], rows: [[0, 1]] },
      "@p2": "<>",
    });
  });

  test("is a line where it is a list of plain things", () => {
    expect(shown({ places: [0, 2], path: ["far_left", "Up the hill"] })).toEqual({
      Places: "<0 2>",
      Path: "<far left Up the hill>",
    });
  });

  test("is a list where its parts are not alike, or too large for a row", () => {
    expect(shown([{ a: 1 }, { b: 2 }])).toEqual([{ A: 1 }, { B: 2 }]);
    expect(shown([{ grid: [[1, 2], [3]] }])).toEqual([{ Grid: ["<1 2>", "<3>"] }]);
    expect(shown([{ a: { b: 1, c: 2, d: 3, e: 4 } }])).toEqual([{ A: { B: 1, C: 2, D: 3, E: 4 } }]);
  });

  test("may be nothing at all", () => {
    expect([shown(null), shown({}), shown([]), shown([null])]).toEqual([null, {}, "<>", "<null>"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Replay } from "$lib/wire";
import { keyOf, type Hex } from "../board/geometry";
import { framesOf, type Frame } from "./reduce";
import recorded from "./whole-game.json";

// A whole game as the server played it, recorded by tests/play/record_game.py, with the boards its rules made of it.
const replay = recorded.replay as unknown as Replay;
const boards = recorded.boards;
const frames = framesOf(replay);

function keys(hexes: readonly (readonly number[])[]): string[] {
  return hexes.map(([q = NaN, r = NaN]) => keyOf({ q, r })).sort();
}

function keysWhere(frame: Frame, holds: (hex: Frame["board"]["hexes"][number]) => boolean): string[] {
  return frame.board.hexes
    .filter(holds)
    .map((hex: Hex) => keyOf(hex))
    .sort();
}

describe.each(boards)("a recorded game, round $round (over: $over)", (board) => {
  const frame = board.over ? frames.at(-1) : frames.find(({ round, moment }) => round === board.round && moment === 0);

  it("stands as the rules made it", () => {
    if (frame === undefined) throw new Error("the round has no frame");
    const heroes = frame.board.heroes.map(({ id, q, r, health, alive }) => [id, [q, r, health, alive]]);
    const minotaur = frame.board.minotaur;

    expect(Object.fromEntries(heroes)).toEqual(board.heroes);
    expect(minotaur && [minotaur.q, minotaur.r, minotaur.health, minotaur.alive]).toEqual(board.minotaur);
    expect(keysWhere(frame, (hex) => hex.terrain === "floor")).toEqual(keys(board.floor));
    expect(keysWhere(frame, (hex) => hex.cracked)).toEqual(keys(board.cracked));
  });
});

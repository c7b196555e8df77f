import { describe, expect, it } from "vitest";
import type { Replay } from "$lib/wire";
import { keyOf } from "../board/geometry";
import { framesOf } from "./reduce";

interface Told {
  replay: Replay;
  boards: {
    round: number;
    over: boolean;
    heroes: Record<string, [number, number, number, boolean]>;
    minotaur: [number, number, number, boolean] | null;
    floor: [number, number][];
  }[];
}

// Games of every release, with their replays as that release told them (tests/golden/stored.py): the past stays as it was.
const games = import.meta.glob<Told>("../../../tests/golden/stored/*/*.replay.json", {
  eager: true,
  import: "default",
});

it("has games of every release", () => {
  expect(Object.keys(games).length).toBeGreaterThanOrEqual(6);
});

describe.each(Object.entries(games))("%s", (_, { replay, boards }) => {
  const frames = framesOf(replay);

  it.each(boards)("round $round (over: $over) stands as the rules of its day made it", (board) => {
    const frame = board.over
      ? frames.at(-1)
      : frames.find(({ round, moment }) => round === board.round && moment === 0);
    if (frame === undefined) throw new Error("the round has no frame");
    const { heroes, minotaur, hexes } = frame.board;

    // The frame of the plans is after them: who gave up meanwhile has fallen in it.
    const gaveUp = replay.events.flatMap((event) =>
      event.type === "resigned" && event.round === board.round ? [event.id] : [],
    );
    const before = Object.entries(board.heroes).map(([id, [q, r, health, alive]]) => [
      id,
      [q, r, health, alive && !gaveUp.includes(id)],
    ]);

    expect(heroes.map(({ id, q, r, health, alive }) => [id, [q, r, health, alive]])).toEqual(before);
    expect(minotaur && [minotaur.q, minotaur.r, minotaur.health, minotaur.alive]).toEqual(board.minotaur);
    expect(
      hexes
        .filter(({ terrain }) => terrain === "floor")
        .map((hex) => keyOf(hex))
        .sort(),
    ).toEqual(board.floor.map(([q, r]) => keyOf({ q, r })).sort());
  });
});

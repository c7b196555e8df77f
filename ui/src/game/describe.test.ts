import { expect, test } from "vitest";
import { viewOf } from "../../tests/views";
import type { View } from "../lib/wire";
import { describe, whereabouts } from "./describe";

const PLAYERS: View["players"] = ["Ada", "Bo"].map((display_name, index) => ({
  player_id: `p${index + 1}`,
  display_name,
  player_status: "playing",
  is_bot: false,
  autopilot: false,
  bot: null,
  presence: "here",
  has_plan: false,
  ready: false,
}));

const SEEN: View = {
  ...viewOf(3),
  you: { player_id: "p1", health: 7, ap: 2, player_status: "playing", autopilot: false, plan: [], ready: false },
  players: PLAYERS,
  hexes: [
    { q: 0, r: 0, terrain: "floor", cracked: false, in_sight: true },
    { q: 1, r: 0, terrain: "floor", cracked: true, in_sight: true },
    { q: 0, r: 1, terrain: "rock", cracked: false, in_sight: true },
    { q: -1, r: 0, terrain: "chasm", cracked: false, in_sight: true },
  ],
  characters: [{ id: "p1", kind: "hero", q: 0, r: 0, health: 7 }],
};

test("the six hexes around the hero are named in order, the unknown ones too", () => {
  expect(describe(SEEN)).toBe(
    "You stand in the middle. Around you: east cracked floor, south-east rock, south-west unknown, west chasm, " +
      "north-west unknown, north-east unknown. Nobody else is in sight.",
  );
});

test("cracked stone underfoot is said first", () => {
  const hexes = SEEN.hexes.map((hex) => ({ ...hex, cracked: true }));

  expect(describe({ ...SEEN, hexes })).toMatch(/^You stand in the middle, on cracked stone\. /);
});

test("everyone in sight is named with place and health, you are not", () => {
  const characters: View["characters"] = [
    ...SEEN.characters,
    { id: "p2", kind: "hero", q: 0, r: 0, health: 4 },
    { id: "minotaur", kind: "minotaur", q: 2, r: -1, health: 20 },
  ];

  expect(describe({ ...SEEN, characters })).toMatch(
    /In sight: Bo, in your hex, health 4; The Minotaur, 2 away, east, health 20\.$/,
  );
});

test("a watcher hears who there is, without directions from a hero they do not have", () => {
  const view: View = {
    ...SEEN,
    viewer: "spectator",
    you: null,
    characters: [{ id: "p2", kind: "hero", q: 1, r: 0, health: 4 }],
  };

  expect(describe(view)).toBe("The lair is in the middle. In sight: Bo, health 4.");
});

test("a dark board is called dark", () => {
  expect(describe({ ...SEEN, hexes: [] })).toBe("The board is dark.");
});

test("where somebody is depends on from where one looks", () => {
  expect(whereabouts({ q: 1, r: 0 })).toBe("next to you, east");
  expect(whereabouts({ q: 1, r: 0 }, { q: 1, r: 0 })).toBe("in your hex");
  expect(whereabouts({ q: -3, r: 0 }, { q: 0, r: 0 })).toBe("3 away, west");
});

/** The board in words, for those who hear it instead of seeing it. Pure. */

import { DIRECTIONS, HERE, add, distance, nearestDirection, same, type Hex } from "../board/geometry";
import { assertNever } from "@clew/client";
import type { Character, View, ViewHex } from "../lib/wire";

export function describe(view: View): string {
  if (view.hexes.length === 0) return "The board is dark.";
  if (view.viewer === "spectator") return people(view, view.characters, "The lair is in the middle.");
  const around = DIRECTIONS.map(
    ({ vector, words }) => `${words} ${stone(view.hexes.find((hex) => same(hex, vector)))}`,
  );
  const here = view.hexes.find((hex) => same(hex, HERE));
  const opening = `You stand in the middle${here?.cracked === true ? ", on cracked stone" : ""}. Around you: ${around.join(", ")}.`;
  const others = view.characters.filter((character) => character.id !== view.you?.player_id);
  return people(view, others, opening);
}

/** "Ada, the blue circle, health 7, in your hex" without the colours: where someone is, as seen from `from`. */
export function whereabouts(place: Hex, from: Hex = HERE): string {
  const far = distance(place, from);
  if (far === 0) return "in your hex";
  const { words } = nearestDirection({ q: place.q - from.q, r: place.r - from.r });
  return far === 1 ? `next to you, ${words}` : `${far} away, ${words}`;
}

function people(view: View, characters: readonly Character[], opening: string): string {
  if (characters.length === 0) return `${opening} Nobody else is in sight.`;
  const name = (id: string): string =>
    id === "minotaur" ? "The Minotaur" : (view.players.find((player) => player.player_id === id)?.display_name ?? id);
  const said = characters.map((character) => {
    const where = view.viewer === "spectator" ? "" : `, ${whereabouts(add(character, HERE))}`;
    return `${name(character.id)}${where}, health ${character.health}`;
  });
  return `${opening} In sight: ${said.join("; ")}.`;
}

function stone(hex: ViewHex | undefined): string {
  if (hex === undefined) return "unknown";
  switch (hex.terrain) {
    case "floor":
      return hex.cracked ? "cracked floor" : "floor";
    case "rock":
    case "chasm":
      return hex.terrain;
    default:
      return assertNever(hex.terrain, "unknown");
  }
}

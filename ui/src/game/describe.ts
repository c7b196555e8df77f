/** The board in words, for those who hear it instead of seeing it. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { DIRECTIONS, HERE, add, distance, nearestDirection, same, type Hex } from "../board/geometry";
import { assertNever } from "@clew/client";
import type { Character, View, ViewHex } from "../lib/wire";

export function describe(view: View): string {
  if (view.hexes.length === 0) return t("board-dark");
  if (view.viewer === "spectator") return people(view, view.characters, t("board-lair"));
  const around = DIRECTIONS.map(({ vector, words }) =>
    t("board-side", { direction: words, stone: stone(view.hexes.find((hex) => same(hex, vector))) }),
  );
  const here = view.hexes.find((hex) => same(hex, HERE));
  const values = { around: around.join(", ") };
  const opening = here?.cracked === true ? t("board-opening-cracked", values) : t("board-opening", values);
  const others = view.characters.filter((character) => character.id !== view.you?.player_id);
  return people(view, others, opening);
}

/** "Ada, the blue circle, health 7, in your hex" without the colours: where someone is, as seen from `from`. */
export function whereabouts(place: Hex, from: Hex = HERE): string {
  const far = distance(place, from);
  if (far === 0) return t("board-in-your-hex");
  const { words } = nearestDirection({ q: place.q - from.q, r: place.r - from.r });
  return far === 1 ? t("board-next", { direction: words }) : t("board-far", { far, direction: words });
}

function people(view: View, characters: readonly Character[], opening: string): string {
  if (characters.length === 0) return t("board-nobody", { opening });
  const name = (id: string): string =>
    id === "minotaur"
      ? t("game-minotaur-first")
      : (view.players.find((player) => player.player_id === id)?.display_name ?? id);
  const said = characters.map((character) => {
    const values = { name: name(character.id), health: character.health };
    return view.viewer === "spectator"
      ? t("board-one", values)
      : t("board-one-where", { ...values, where: whereabouts(add(character, HERE)) });
  });
  return t("board-in-sight", { opening, who: said.join("; ") });
}

function stone(hex: ViewHex | undefined): string {
  if (hex === undefined) return t("board-unknown");
  switch (hex.terrain) {
    case "floor":
      return hex.cracked ? t("board-cracked") : t("board-floor");
    case "rock":
      return t("board-rock");
    case "chasm":
      return t("board-chasm");
    default:
      return assertNever(hex.terrain, t("board-unknown"));
  }
}

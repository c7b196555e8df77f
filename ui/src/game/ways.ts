/** Where everyone the viewer could see stood after each step of a round, as far as it was told; the rest is a guess that
 * fits. Places are counted from where the viewer's hero stood when the round began. Pure. */

import { add, HERE, keyOf, pathOver, same, subtract, type Hex } from "../board/geometry";
import { isWalkable } from "../board/shapes";
import { isOf } from "../lib/events";
import { assertNever } from "@clew/client";
import type { ShownEvent, View } from "../lib/wire";

/** A place before step 1 and after each of the four steps; null where nobody was seen. */
export type Way = readonly [Hex | null, Hex | null, Hex | null, Hex | null, Hex | null];

type Draft = (Hex | null)[];

const LAST = 4;
/** Somebody who was seen farther apart than this did not walk: the Minotaur leaps to its lair when a ring falls. */
const WALK_MAX = 4;

/** `after` is null if the viewer's last view is not counted from their hero any more. */
export function waysOf(before: View, events: readonly ShownEvent[], after: View | null, shift: Hex): Map<string, Way> {
  const you = before.you?.player_id ?? null;
  const yours = yourWay(events, you);
  const drafts = new Map<string, Draft>();
  const draft = (id: string): Draft => {
    const known = drafts.get(id) ?? [null, null, null, null, null];
    drafts.set(id, known);
    return known;
  };

  for (const character of before.characters) draft(character.id)[0] = { q: character.q, r: character.r };
  for (const character of after?.characters ?? []) draft(character.id)[LAST] = add(character, shift);
  for (const event of events) note(event, draft, yours, you);
  if (you !== null) drafts.set(you, [...yours]);

  const floor = new Set([
    ...before.hexes.filter((hex) => isWalkable(hex)).map(keyOf),
    ...(after?.hexes ?? []).filter((hex) => isWalkable(hex)).map((hex) => keyOf(add(hex, shift))),
  ]);
  return new Map(
    [...drafts].map(([id, places]) => {
      if (id === you) return [id, asWay(places)];
      const way = filled(places, floor);
      return [id, after === null ? held(way) : way];
    }),
  );
}

/** Nobody is known to have gone: whoever was seen last stays where that was. */
function held(way: Way): Way {
  const places: Draft = [...way];
  for (let at = 1; at <= LAST; at += 1) places[at] ??= places[at - 1] ?? null;
  return asWay(places);
}

function yourWay(events: readonly ShownEvent[], you: string | null): Hex[] {
  const places: Hex[] = [HERE, HERE, HERE, HERE, HERE];
  for (const event of events) {
    if (!isOf(event, "way") || event.step < 1) continue;
    const from = places[event.step - 1] ?? HERE;
    const vector = vectorOf(event, you);
    if (!same(vector, HERE)) places.fill(add(from, vector), event.step);
  }
  return places;
}

/** How far this event took the viewer's own hero. */
export function vectorOf(event: ShownEvent, you: string | null): Hex {
  if (!isOf(event, "way") || event.id !== you) return HERE;
  switch (event.type) {
    case "pc_entered_hex":
      return subtract(HERE, event.from_vector);
    case "pc_left_hex":
      return HERE; // Somebody else, seen from where the hero stays.
    default:
      return assertNever(event, HERE);
  }
}

/** Whoever is told of was in the viewer's hex, so the viewer's own way says where that was. */
function note(event: ShownEvent, draft: (id: string) => Draft, yours: readonly Hex[], you: string | null): void {
  if (!(isOf(event, "way") || isOf(event, "blow")) || event.step < 1) return;
  const before = yours[event.step - 1] ?? HERE;
  const after = yours[event.step] ?? HERE;
  switch (event.type) {
    case "pc_entered_hex": {
      if (event.id === you) return;
      const places = draft(event.id);
      places[event.step - 1] ??= add(after, event.from_vector);
      places[event.step] = after;
      return;
    }
    case "pc_left_hex": {
      const places = draft(event.id);
      places[event.step - 1] = before;
      places[event.step] = add(before, event.to_vector);
      return;
    }
    case "pc_attacked":
      draft(event.id)[event.step - 1] = before;
      if (event.hit) draft(event.target_id)[event.step - 1] = before;
      return;
    default:
      return assertNever(event, undefined);
  }
}

/** Fill what lies between two sightings with the walk that fits, as early as it can be; after the last one, nobody. */
function filled(places: Draft, floor: ReadonlySet<string>): Way {
  const seen = places.flatMap((place, at) => (place === null ? [] : [{ at, place }]));
  const way: Draft = [...places];
  seen.forEach((from, i) => {
    const to = seen[i + 1];
    if (to === undefined) return;
    const walk = same(from.place, to.place) ? [] : (pathOver(floor, from.place, to.place, WALK_MAX) ?? null);
    for (let at = from.at + 1; at < to.at; at += 1) {
      const fits = walk !== null && walk.length <= to.at - from.at;
      way[at] = fits ? (walk[Math.min(at - from.at, walk.length) - 1] ?? from.place) : from.place;
    }
  });
  return asWay(way);
}

function asWay(places: Draft): Way {
  return [places[0] ?? null, places[1] ?? null, places[2] ?? null, places[3] ?? null, places[4] ?? null];
}

/** Who sits where: names for seats, everywhere a game speaks of them. */

import { called } from "$parts/catalogue/catalogue";
import { getContext, setContext } from "svelte";

export interface People {
  readonly isSeat: (text: string) => boolean;
  readonly nameOf: (seat: string) => string;
  readonly you: string | null;
  /** In their order around the table. */
  readonly seats: readonly string[];
}

interface Named {
  readonly player_id: string;
  readonly display_name: string;
}

export function peopleOf(players: readonly Named[], you: string | null): People {
  const names = new Map(players.map(({ player_id, display_name }) => [player_id, called(display_name)]));
  return {
    isSeat: (text) => names.has(text),
    nameOf: (seat) => names.get(seat) ?? seat,
    you,
    seats: [...names.keys()],
  };
}

const KEY = Symbol("people");

/** For all that is inside: who they are now. */
export function providePeople(people: () => People): void {
  setContext(KEY, people);
}

export function usePeople(): () => People {
  return getContext<() => People>(KEY);
}

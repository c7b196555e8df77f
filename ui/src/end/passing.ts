/** How the viewer's own hero fell, told once it has happened: who and with what, and where that leaves them. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { listed } from "$parts/catalogue/formats";
import { assertNever } from "@clew/client";
import { isOf, type EventOf } from "../lib/events";
import type { PlayerStatus, ShownEvent, View } from "../lib/wire";
import { capital, MINOTAUR, type Teller } from "../game/words";

export interface Passing {
  /** In one sentence. */
  readonly words: string;
  /** Who fell together stand together. */
  readonly place: number;
  /** By their own hand: nothing to be told in the dark. */
  readonly gaveUp: boolean;
}

type Fall = EventOf<ShownEvent, "fall">;

const AFTER_THE_STEPS = 5;
const STANDS: Record<PlayerStatus, boolean> = {
  playing: true,
  waiting: true,
  survived: true,
  won: true,
  eliminated: false,
  resigned: false,
};

/** Null for who has not fallen, or fell before this page heard of it. */
export function passingOf(view: View, events: readonly ShownEvent[], teller: Teller): Passing | null {
  const you = view.you?.player_id;
  if (you === undefined || STANDS[view.you?.player_status ?? "playing"]) return null;
  const falls = events.filter((event) => isOf(event, "fall"));
  const own = falls.find((fall) => fall.type !== "minotaur_slain" && fall.id === you);
  if (own === undefined) return null;
  return { words: wordsOf(own, teller), place: placeOf(view, falls, own), gaveUp: own.type === "resigned" };
}

function wordsOf(fall: Fall, teller: Teller): string {
  switch (fall.type) {
    case "resigned":
      return t("passing-gave-up");
    case "minotaur_slain":
      return "";
    case "killed":
      if (fall.by.includes("collapse")) return t("passing-collapse", { round: fall.round });
      if (fall.by.includes("lair")) return t("passing-lair", { round: fall.round });
      if (fall.by.length === 1 && fall.by[0] === MINOTAUR)
        return t("passing-minotaur", { round: fall.round, step: fall.step });
      if (fall.by.length === 0) return t("passing-somehow", { round: fall.round });
      return t("passing-blow", {
        names: capital(listed(fall.by.map((id) => teller.name(id)))),
        count: fall.by.length,
        round: fall.round,
        step: fall.step,
      });
    default:
      return assertNever(fall, "");
  }
}

/** One more than those who stand, or fell later. Falls that are not known here were before the log's beginning. */
function placeOf(view: View, falls: readonly Fall[], own: Fall): number {
  const moment = ({ round, step, type }: Fall): number =>
    round * 10 + (type === "resigned" ? 0 : step === 0 ? AFTER_THE_STEPS : step);
  const known = new Map(falls.flatMap((fall) => (fall.type === "minotaur_slain" ? [] : [[fall.id, fall] as const])));
  let above = 0;
  for (const player of view.players) {
    const fall = known.get(player.player_id);
    if (STANDS[player.player_status]) above += 1;
    else if (fall !== undefined && moment(fall) > moment(own)) above += 1;
  }
  return above + 1;
}

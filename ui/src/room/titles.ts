/** What the browser's tab says while a game is open: in a row of tabs, the one that waits for you is seen. Pure. */

import { t } from "$parts/catalogue/catalogue";
import { assertNever } from "@clew/client";
import type { View } from "$lib/wire";
import { titleOf } from "../end/fates";

const NAME = "Minotaur";

/** Whether the round waits for your plan; arguments as below. */
export function isYourTurn(view: View | null, ready: boolean, telling: boolean): boolean {
  return view?.game_status === "active" && view.viewer === "player" && !ready && !telling;
}

/** `ready`: you are done with this round. `telling`: the last round is still being told. */
export function tabTitle(code: string, view: View | null, ready: boolean, telling: boolean): string {
  if (view === null) return t("title-game", { code, name: NAME });
  switch (view.game_status) {
    case "active":
      return t(isYourTurn(view, ready, telling) ? "title-turn" : "title-round", { round: view.round, name: NAME });
    case "concluded":
      return telling ? t("title-round", { round: view.round, name: NAME }) : `${titleOf(view)} · ${NAME}`;
    case "lobby":
    case "canceled":
    case "quarantined":
      return t("title-game", { code, name: NAME });
    default:
      return assertNever(view.game_status, t("title-game", { code, name: NAME }));
  }
}

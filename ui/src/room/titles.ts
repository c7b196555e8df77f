/** What the browser's tab says while a game is open: in a row of tabs, the one that waits for you is seen. Pure. */

import { assertNever } from "@clew/client";
import type { View } from "$lib/wire";
import { titleOf } from "../end/fates";

const NAME = "Minotaur";

/** `ready`: you are done with this round. `telling`: the last round is still being told. */
export function tabTitle(code: string, view: View | null, ready: boolean, telling: boolean): string {
  if (view === null) return `Game ${code} · ${NAME}`;
  switch (view.game_status) {
    case "active": {
      const yourTurn = view.viewer === "player" && !ready && !telling;
      return `${yourTurn ? "Your plan · round" : "Round"} ${view.round} · ${NAME}`;
    }
    case "concluded":
      return telling ? `Round ${view.round} · ${NAME}` : `${titleOf(view)} · ${NAME}`;
    case "lobby":
    case "canceled":
    case "quarantined":
      return `Game ${code} · ${NAME}`;
    default:
      return assertNever(view.game_status, `Game ${code} · ${NAME}`);
  }
}

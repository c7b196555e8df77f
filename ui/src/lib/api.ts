/** Minotaur's server, as this page asks it over HTTP. */

import { Api } from "@clew/client";
import type { ChangeGame, CreateGame, GameInfo, Replay } from "./wire";

interface MinotaurHttp {
  create: CreateGame;
  change: ChangeGame;
  info: GameInfo;
  replay: Replay;
}

export const api = new Api<MinotaurHttp>({
  words: {
    unreachable: "Minotaur can't be reached just now. Check your connection and try again.",
    garbled: "Something between you and Minotaur went wrong. Try again.",
  },
});

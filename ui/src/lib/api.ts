/** Minotaur's server, as this page asks it over HTTP. */

import { t } from "$parts/catalogue/catalogue";
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
    unreachable: t("front-unreachable"),
    garbled: t("front-garbled"),
  },
});

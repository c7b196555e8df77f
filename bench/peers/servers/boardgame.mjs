// Rooms on boardgame.io: a move of everyone at any time, with the storage it brings.
//
//     node boardgame.mjs --port PORT --storage memory|flatfile [--data FOLDER]
import { parseArgs } from "node:util";

import boardgame from "boardgame.io/dist/cjs/server.js";
import core from "boardgame.io/dist/cjs/core.js";

const { FlatFile, Origins, Server } = boardgame;
const { values: options } = parseArgs({
  options: {
    port: { type: "string" },
    storage: { type: "string", default: "memory" },
    data: { type: "string", default: "" },
  },
});

const Plans = {
  name: "plans",
  disableUndo: true, // else every plan of the round is kept in the state, which is written whole each time
  setup: () => ({ plans: {} }),
  turn: { activePlayers: core.ActivePlayers.ALL },
  moves: {
    // Four people plan at once, so nobody's plan is stale because of another's.
    plan: {
      move: ({ G, playerID }, { mark, steps }) => {
        G.plans[playerID] = { number: Number(mark.split("/")[1]), steps };
      },
      ignoreStaleStateID: true,
    },
  },
};

const server = Server({
  games: [Plans],
  origins: [Origins.LOCALHOST],
  ...(options.storage === "flatfile" ? { db: new FlatFile({ dir: options.data }) } : {}),
});
await server.run(Number(options.port));

/** The way in. */

import { Connection } from "./connection.js";
import type { ConnectOptions } from "./options.js";
import type { GameTypes } from "./protocol.js";

/** Connect to a game, and stay connected until `stop`, or until there is no point any more. */
export function connect<G extends GameTypes>(options: ConnectOptions<G>): Connection<G> {
  const connection = new Connection<G>(options);
  connection.start();
  return connection;
}

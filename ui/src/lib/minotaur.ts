/** What of the protocol is Minotaur's own, from the types that the server's structs are made into. */

import type { CommandOf } from "@clew/client";
import type { ClientMessage, Events, ShownEvent, View } from "./wire";

export interface Minotaur {
  view: View;
  event: ShownEvent;
  aside: Events["asides"][number];
  command: CommandOf<ClientMessage>;
}

/** The connection's types are written by hand, the wire's made from the server's: `npm run check` holds one to the other. */

import { expectTypeOf, test } from "vitest";
import type { Minotaur } from "../src/lib/minotaur";
import type * as protocol from "@clew/client";
import type * as wire from "../src/lib/wire";

test("what the server says of any game is what the connection understands", () => {
  expectTypeOf<wire.ServerMessage>().toExtend<protocol.ServerMessage<Minotaur>>();
  expectTypeOf<wire.ServerMessage["type"]>().toEqualTypeOf<protocol.ServerMessage<Minotaur>["type"]>();
  expectTypeOf<wire.ErrorAnswer>().toEqualTypeOf<protocol.ErrorAnswer>();
  expectTypeOf<NonNullable<protocol.Welcome<Minotaur>["history"]>>().toEqualTypeOf<wire.Welcome["history"]>();
});

test("what the connection sends is what the server reads", () => {
  expectTypeOf<Minotaur["command"] & { command_id: string }>().toExtend<wire.ClientMessage>();
  expectTypeOf<Minotaur["command"]["type"]>().toEqualTypeOf<"agree" | "plan" | "ready" | "resign" | "say" | "sign">();
});

/** A table's types fit where a game's types go. */

import { expect, expectTypeOf, test } from "vitest";
import { Api, connect, type News, type TableHttp, type TableTypes } from "../src/index.js";
import { FakeWorld } from "../src/testing.js";

interface Plan {
  bid: number;
}
interface View {
  purse: number;
}
type Event = { type: "Sold"; to: string };
type Bids = TableTypes<View, Plan, Event>;

test("a table of a game is connected to by its types, and its plans are sent", () => {
  const world = new FakeWorld();
  const news: News<Bids>[] = [];
  const game = connect<Bids>({
    code: "K7QM2X",
    subprotocol: "bids.v1",
    url: "http://here",
    on: { events: (piece) => news.push(piece) },
    environment: world,
  });
  world.socket.tell({ type: "welcome", seq: 0, mark: "m", view: {}, server_time: "", resumed: true } as never);
  void game.send({ type: "plan", round: 1, plan: { bid: 7 } });
  world.socket.tell({
    type: "events",
    seq: 1,
    mark: "m",
    events: [{ type: "happened", seq: 1, round: 1, event: { type: "Sold", to: "p1" } }],
    view: {},
  } as never);

  const [event] = news.flatMap((piece) => piece.events);
  expect(world.socket.commands).toMatchObject([{ type: "plan", round: 1, plan: { bid: 7 } }]);
  expect(event?.type === "happened" ? event.event.to : null).toBe("p1");
  expectTypeOf<NonNullable<Bids["view"]["you"]>["plan"]>().toEqualTypeOf<Plan | null>();
  expectTypeOf(new Api<TableHttp>().createGame).parameter(0).toExtend<{ kind?: string }>();
});

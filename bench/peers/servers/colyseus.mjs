// Rooms on Colyseus: state in schemas, patches to everyone in the room, and an answer to who acted.
//
//     node colyseus.mjs --port PORT --keeping memory|commit|grouped|postgres --patch rate|action [--data FILE] [--url URL]
//
// After a start the table is there; the rooms are not: Colyseus keeps rooms in memory.
import { parseArgs } from "node:util";

import { Room, Server } from "@colyseus/core";
import { schema, t } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";

import { keepings } from "./tables.mjs";

const SEATS = 4;
const PATCHES_A_SECOND = 20;

const { values: options } = parseArgs({
  options: {
    port: { type: "string" },
    keeping: { type: "string", default: "memory" },
    patch: { type: "string", default: "rate" },
    data: { type: "string", default: "" },
    url: { type: "string", default: "" },
  },
});
const keeping = await keepings[options.keeping](options);

const Step = schema({ type: t.string(), q: t.number(), r: t.number() }, "Step");
const Seat = schema({ number: t.number(), steps: t.array(Step) }, "Seat");
const Plans = schema({ seats: t.map(Seat) }, "Plans");

class PlanRoom extends Room {
  onCreate() {
    this.maxClients = SEATS;
    this.state = new Plans();
    this.patchRate = options.patch === "rate" ? 1000 / PATCHES_A_SECOND : null;
    this.onMessage("plan", (client, plan) => this.act(client, plan));
  }

  onJoin(client, { seat }) {
    client.userData = { seat };
    this.state.seats.set(seat, new Seat());
  }

  added(steps) {
    const step = new Step();
    steps.push(step);
    return step;
  }

  async act(client, plan) {
    const { seat } = client.userData;
    await keeping.keep(this.roomId, seat, plan.n, JSON.stringify(plan.steps));
    const mine = this.state.seats.get(seat);
    mine.number = plan.n;
    // In place, so that a patch has what changed and no new object.
    plan.steps.forEach((step, at) => (mine.steps[at] ?? this.added(mine.steps)).assign(step));
    while (mine.steps.length > plan.steps.length) mine.steps.pop();
    if (options.patch === "action") this.broadcastPatch();
    client.send("accepted", { n: plan.n });
  }
}

const server = new Server({
  greet: false,
  transport: new WebSocketTransport({}),
  express: (app) => {
    app.get("/kept", async (_request, response) => response.json(await keeping.kept()));
  },
});
server.define("plans", PlanRoom);
await server.listen(Number(options.port), "127.0.0.1");

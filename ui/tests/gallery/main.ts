/** Shows the game screen in a state named by the address (`?state=early`), told by a server made of fixtures. */

import { mount } from "svelte";
import Game from "../../src/game/Game.svelte";
import { keepTheme } from "../../src/theme/theme";
import { Room } from "../../src/lib/room.svelte";
import { BROWSER, type Socket } from "@clew/client";
import "../../src/theme.css";
import type { ServerMessage } from "../../src/lib/wire";
import { STATES } from "./states";

class FixtureSocket implements Socket {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  constructor(messages: readonly ServerMessage[]) {
    setTimeout(() => messages.forEach((message) => this.#say(message)), 0);
    setTimeout(() => document.documentElement.setAttribute("data-shown", "yes"), 300);
  }

  /** Every plan is accepted at once, but in the state in which nothing is. */
  send(text: string): void {
    const message = JSON.parse(text) as { type: string; command_id?: string; nonce?: string };
    if (message.type === "ping" && stateName !== "away") {
      this.#say({ type: "pong", nonce: message.nonce ?? "", server_time: new Date().toISOString() });
      return;
    }
    if (stateName === "pending" || stateName === "away") return;
    setTimeout(() => this.#say({ type: "accepted", command_id: message.command_id ?? "", seq: 10_000 }), 20);
  }

  close(): void {}

  hangUp(): void {
    this.onclose?.(new CloseEvent("close", { code: 1012 }));
  }

  #say(message: ServerMessage): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(message) }));
  }
}

const stateName = new URLSearchParams(location.search).get("state") ?? "early";
const state = STATES[stateName];
if (state === undefined) throw new Error(`no state ${stateName}; there are ${Object.keys(STATES).join(", ")}`);

const target = document.getElementById("app");
if (target === null) throw new Error("no #app");

let sockets = 0;
const room = new Room("K7QM2X", {
  ...BROWSER,
  open: () => {
    sockets += 1;
    const socket = new FixtureSocket(sockets === 1 ? state.messages(Date.now()) : []);
    if (state.hangsUp === true && sockets === 1) setTimeout(() => socket.hangUp(), 100);
    return socket;
  },
});
room.enter();
keepTheme();
mount(Game, { target, props: { room, settings: { round_seconds: 30, ...state.settings } } });
Object.assign(window, { room });

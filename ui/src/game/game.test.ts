// @vitest-environment happy-dom

import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWorld, T0 } from "@clew/client/testing";
import { Room } from "../lib/room.svelte";
import type { ShownEvent, View } from "../lib/wire";
import Game from "./Game.svelte";
import { chooseTelling } from "./telling";

const ROUND_MS = 30_000;

function viewOf(round: number, change: Partial<View> = {}): View {
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round,
    round_ends_at: new Date(T0 + ROUND_MS / 2).toISOString(),
    round_ms: ROUND_MS,
    you: { player_id: "p1", health: 7, ap: 2, player_status: "playing", autopilot: false, plan: [], ready: false },
    hexes: [
      { q: 0, r: 0, terrain: "floor", cracked: false, in_sight: true },
      { q: 1, r: 0, terrain: "floor", cracked: false, in_sight: true },
      { q: -1, r: 0, terrain: "rock", cracked: false, in_sight: true },
    ],
    characters: [
      { id: "p1", kind: "hero", q: 0, r: 0, health: 7 },
      { id: "p2", kind: "hero", q: 0, r: 0, health: 4 },
    ],
    players: ["Ada", "Bo"].map((display_name, index) => ({
      player_id: `p${index + 1}`,
      display_name,
      player_status: "playing",
      is_bot: false,
      autopilot: false,
      bot: null,
      presence: "here",
      has_plan: false,
      ready: false,
    })),
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: 2,
    shown_round: round,
    ...change,
  };
}

const BLOW: ShownEvent = {
  type: "pc_attacked",
  id: "p2",
  target_id: "p1",
  hit: true,
  damage: 3,
  missed: null,
  seq: 1,
  round: 1,
  step: 1,
};
const ROUND_2: ShownEvent = { type: "round_started", seq: 2, round: 2, step: 0 };

let world: FakeWorld;
let room: Room;
let screen: Record<string, unknown>;

function show(view: View): void {
  world = new FakeWorld();
  room = new Room("K7QM2X", world);
  room.enter();
  world.socket.tell({
    type: "welcome",
    mark: "m",
    history: "same",
    seq: 0,
    view,
    server_time: new Date(T0).toISOString(),
    resumed: true,
    log: [],
  });
  screen = mount(Game, { target: document.body, props: { room, settings: { round_seconds: ROUND_MS / 1000 } } });
  flushSync();
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`nothing on the screen is ${selector}`);
  return found;
}

function click(element: Element): void {
  element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  flushSync();
}

/** As much later as a person needs for another click that is meant. */
function later(): void {
  const now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => now + 1_000);
}

function press(code: string, key: string): void {
  window.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true }));
  flushSync();
}

beforeEach(() => {
  document.body.replaceChildren();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await unmount(screen);
  room.leave();
  expect(world.timers, "timers left behind").toBe(0);
});

test("a button, a key and a blow make a plan, which is dashed until the server has it", () => {
  show(viewOf(1));

  click(find("button[aria-label='Move east']"));
  press("Backspace", "Backspace");
  click(find("[aria-label=Attack] button"));

  expect(world.socket.commands[0]).toMatchObject({ type: "plan", steps: [{ type: "move", vector: { q: 1, r: 0 } }] });
  expect(find(".slot.full").getAttribute("aria-label")).toBe("Step 1: Attack Bo. Remove it.");
  expect(document.querySelector(".slots.pending")).not.toBeNull();
});

test("what can't be done says why and sends nothing", () => {
  show(viewOf(1));

  click(find("button[aria-label='Move west']"));

  expect(find(".said").textContent).toContain("There is rock to the west.");
  expect(world.socket.commands).toEqual([]);
});

test("a tap on a far hex plans the walk there, and its end says how far it is", () => {
  const corridor = [0, 1, 2, 3].map((q) => ({ q, r: 0, terrain: "floor", cracked: false, in_sight: true }) as const);
  show(viewOf(1, { hexes: [...corridor] }));

  click(find(".touch:nth-of-type(4)"));

  const east = { type: "move", vector: { q: 1, r: 0 } };
  expect(world.socket.commands[0]).toMatchObject({ type: "plan", steps: [east, east] });
  expect(document.querySelectorAll("g.arrow")).toHaveLength(2);
  expect(find(".said").textContent).toContain("That is 3 steps away: so far you get this round.");
});

test("in still frames a tap goes on to the next, and Skip to the end", () => {
  chooseTelling("stills");
  show(viewOf(1));
  const arrives: ShownEvent = {
    type: "pc_entered_hex",
    id: "p1",
    from_vector: { q: -1, r: 0 },
    seq: 2,
    round: 1,
    step: 2,
  };

  world.socket.tell({
    type: "events",
    mark: "m",
    seq: 3,
    events: [BLOW, arrives, { ...ROUND_2, seq: 3 }],
    view: viewOf(2, {
      characters: [
        { id: "p1", kind: "hero", q: 0, r: 0, health: 4 },
        { id: "p2", kind: "hero", q: -1, r: 0, health: 4 },
      ],
    }),
  });
  flushSync();
  later();
  expect(find(".caption").textContent).toBe("Bo attacks you: −3.");
  click(find(".telling"));
  expect(find(".caption").textContent).toBe("You moved to the east.");
  expect(document.querySelectorAll(".trails .line")).toHaveLength(1);
  click(find("button.ready"));

  expect(room.telling).toBe(false);
  chooseTelling("system");
});

test("ready said twice is sent once", () => {
  show(viewOf(1));

  click(find("button.ready"));
  click(find("button.ready"));
  press("Enter", "Enter");

  expect(world.socket.commands.map(({ type }) => type)).toEqual(["ready"]);
});

test.each([
  ["however late the page was opened", viewOf(1)],
  ["in a shorter round too", viewOf(1, { round_ms: 3_000, round_ends_at: new Date(T0 + 1_500).toISOString() })],
  ["whatever a server of the release before leaves out", viewOf(1, { round_ms: undefined as never })],
])("half of the round is half of the ring, %s", (_, view) => {
  show(view);

  const [lit = 0, whole = 1] = (find(".fire").getAttribute("stroke-dasharray") ?? "").split(" ").map(Number);
  expect(lit / whole).toBeCloseTo(0.5, 2);
});

test("a round that ended is told on the board and in the log, and can be skipped", () => {
  show(viewOf(1));

  world.socket.tell({ type: "events", mark: "m", seq: 2, events: [BLOW, ROUND_2], view: viewOf(2) });
  flushSync();
  expect(room.telling).toBe(true);
  later();
  click(find(".telling"));

  expect(room.telling).toBe(false);
  expect(find("[role=log]").textContent).toContain("Bo attacks you: −3.");
  expect(find("h1").textContent).toContain("round 2");
});

test("the second half of a double click neither skips the telling nor plans the next round", () => {
  show(viewOf(1));

  click(find("button.ready"));
  world.socket.tell({ type: "events", mark: "m", seq: 2, events: [BLOW, ROUND_2], view: viewOf(2) });
  flushSync();
  click(find("button.ready"));
  expect(room.telling, "clicked on Ready, not on Skip").toBe(true);
  later();
  click(find("button.ready"));
  expect(room.telling).toBe(false);
  click(find("button.ready"));
  click(find("button[aria-label='Move east']"));

  expect(world.socket.commands.map(({ type, round }) => `${type} ${round}`)).toEqual(["ready 1"]);
});

test("a watcher without a board is told when it comes, and has nothing to plan with", () => {
  show(viewOf(2, { viewer: "spectator", you: null, hexes: [], characters: [], shown_round: null }));

  expect(find(".watching").textContent).toContain("from round 4 on");
  expect(document.querySelector(".plan")).toBeNull();
});

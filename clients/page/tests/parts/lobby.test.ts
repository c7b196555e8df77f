import { describe, expect, test } from "vitest";
import { ApiError, type ChangeGame } from "@clew/client";
import { Acts, type LobbyCalls } from "$parts/lobby/acts.svelte";
import { newsOf, turnsOf, wentAway, type LobbyTold } from "$parts/lobby/news";
import { onceAtATime } from "$parts/once";

const COMPANY = {
  players: [
    { player_id: "p2", display_name: "Bo" },
    { player_id: "p3", display_name: "Cy" },
  ],
  you: "p3",
  host_id: "p3",
  botWords: (kind: string): string => `a ${kind}`,
};

function told(...events: readonly LobbyTold[]): (LobbyTold & { seq: number })[] {
  return events.map((event, at) => ({ ...event, seq: at + 1 }));
}

function sentences(...events: readonly LobbyTold[]): string[] {
  return newsOf(told(...events), COMPANY).map(({ text }) => text);
}

describe("what happens in a lobby", () => {
  test("is told by name, and to whom it concerns as you", () => {
    expect(
      sentences(
        { type: "player_joined", id: "p2", display_name: "Bo" },
        { type: "player_joined", id: "p3", display_name: "Cy" },
        { type: "seat_changed", seat: 4, bot: "hunter" },
        { type: "seat_changed", seat: 4, bot: null },
        { type: "host_passed", id: "p3" },
        { type: "left", id: "p1", display_name: "Ada" },
        { type: "settings_changed" },
      ),
    ).toEqual([
      "Bo takes seat 2.",
      "You take seat 3.",
      "Seat 4: a hunter.",
      "Seat 4 is empty again.",
      "You are the host now.",
      "Ada left.",
      "You changed the game.",
    ]);
  });

  test("names who sat there then, not who sits there now", () => {
    expect(
      sentences(
        { type: "player_joined", id: "p2", display_name: "Ben" },
        { type: "host_passed", id: "p2" },
        { type: "left", id: "p2", display_name: "Ben" },
        { type: "player_joined", id: "p2", display_name: "Bo" },
      )[1],
    ).toBe("Ben is the host now.");
  });

  test("names who was there before all that is told, by how they went", () => {
    const ada = { type: "left", id: "p1", display_name: "Ada" } as const;

    expect(sentences({ type: "host_passed", id: "p1" }, { type: "host_passed", id: "p3" }, ada)[0]).toBe(
      "Ada is the host now.",
    );
  });

  test("is not said to be yours what the host before you did", () => {
    const [before, , after] = sentences(
      { type: "settings_changed" },
      { type: "host_passed", id: "p3" },
      { type: "settings_changed" },
    );

    expect([before, after]).toEqual(["The host changed the game.", "You changed the game."]);
  });

  test("leaves out all that is no lobby's", () => {
    expect(newsOf([{ type: "game_started", seq: 1 }], COMPANY)).toEqual([]);
  });
});

test("who lost a seat was sent away, or left, whoever sat there before", () => {
  const events = told(
    { type: "sent_away", id: "p2", display_name: "Ben" },
    { type: "player_joined", id: "p2", display_name: "Bo" },
    { type: "left", id: "p2", display_name: "Bo" },
    { type: "sent_away", id: "p3", display_name: "Cy" },
  );

  expect(["p2", "p3", "p4"].map((seat) => wentAway(events, seat))).toEqual(["left", "sent_away", "left"]);
});

test("the listing is asked again for what the view does not say, and not for each who comes and goes", () => {
  const events = told(
    { type: "player_joined", id: "p2", display_name: "Bo" },
    { type: "seat_changed", seat: 4, bot: "bot" },
    { type: "left", id: "p2", display_name: "Bo" },
    { type: "settings_changed" },
    { type: "sent_away", id: "p3", display_name: "Cy" },
  );

  expect([turnsOf(events.slice(0, 3), "p3"), turnsOf(events, "p1"), turnsOf(events, "p3")]).toEqual([0, 1, 2]);
});

/** A server that writes down what it is asked, and refuses what it is told to. */
class Written implements LobbyCalls {
  readonly asked: unknown[][] = [];
  refuse: ApiError | null = null;

  start = (code: string) => this.#note("start", code);
  cancel = (code: string) => this.#note("cancel", code);
  leave = (code: string) => this.#note("leave", code);
  sendAway = (code: string, player: string) => this.#note("sendAway", code, player);
  change = (code: string, wanted: ChangeGame) => this.#note("change", code, wanted);

  async #note(...asked: unknown[]): Promise<void> {
    this.asked.push(asked);
    if (this.refuse !== null) throw this.refuse;
  }
}

describe("what is done in a lobby", () => {
  test("is asked once for each act, and looked at afterwards", async () => {
    const server = new Written();
    let looks = 0;
    const acts = new Acts(server, "K7QM2X", async () => void looks++);

    expect(await acts.seatBot(3, "hunter")).toBe(true);
    expect(await acts.seatBot(3, null)).toBe(true);
    expect(await acts.passTo("p2")).toBe(true);
    expect(await acts.sendAway("p2")).toBe(true);

    expect(server.asked).toEqual([
      ["change", "K7QM2X", { seats: { 3: { bot: "hunter" } } }],
      ["change", "K7QM2X", { seats: { 3: null } }],
      ["change", "K7QM2X", { host_id: "p2" }],
      ["sendAway", "K7QM2X", "p2"],
    ]);
    expect(looks).toBe(4);
  });

  test("is one thing at a time", async () => {
    const server = new Written();
    const acts = new Acts(server, "K7QM2X", async () => {});
    const first = acts.leave();

    expect([await acts.leave(), await first]).toEqual([false, true]);
    expect(server.asked).toHaveLength(1);
  });

  test("that was refused says so where it was asked, until something else is tried", async () => {
    const server = new Written();
    const acts = new Acts(server, "K7QM2X", async () => {});
    server.refuse = new ApiError("not_host", "Only the host can.", 403);

    expect(await acts.sendAway("p2")).toBe(false);
    expect(acts.problemWith("pass", "send_away")?.text).toBe("Only the host can.");
    expect(acts.problemWith("start")).toBeNull();
    acts.forget();
    expect(acts.problemWith("send_away")).toBeNull();
  });
});

test("what is looked up is looked up one at a time, and once more for all who asked meanwhile", async () => {
  let looks = 0;
  const waiting: (() => void)[] = [];
  const look = onceAtATime(() => {
    looks++;
    return new Promise((done) => waiting.push(done));
  });
  const all = [look(), look(), look()];
  expect(looks).toBe(1);

  waiting.shift()?.();
  await Promise.resolve();
  waiting.shift()?.();
  await Promise.all(all);

  expect(looks).toBe(2);
  void look();
  expect(looks).toBe(3);
});

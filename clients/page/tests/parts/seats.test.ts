import { describe, expect, it } from "vitest";
import { isFull, isFullFor, missing, seatsNeeded, seatsOf, type Lobby } from "$parts/lobby/seats";

const ada = { player_id: "p1", display_name: "Ada", is_bot: false, autopilot: false, bot: null };
const ben = { player_id: "p2", display_name: "Ben", is_bot: false, autopilot: false, bot: null };
const lobby = (change: Partial<Lobby> = {}): Lobby => ({
  seats: 4,
  bots: 1,
  host_id: "p1",
  you: "p2",
  players: [ada, ben],
  kept: [],
  ...change,
});

describe("the seats of a lobby", () => {
  it("are the players', then free, then the bots'", () => {
    expect(seatsOf(lobby()).map((seat) => seat.kind)).toEqual(["taken", "taken", "free", "bot"]);
  });

  it("know the host and you", () => {
    expect(seatsOf(lobby())[0]).toMatchObject({ host: true, you: false });
    expect(seatsOf(lobby())[1]).toMatchObject({ host: false, you: true });
  });

  it("keep their numbers where somebody in between has left", () => {
    const cy = { player_id: "p3", display_name: "Cy", is_bot: false, autopilot: false, bot: null };

    const seats = seatsOf(lobby({ players: [ada, cy], you: "p3" }));

    expect(seats.map((seat) => seat.kind)).toEqual(["taken", "free", "taken", "bot"]);
    expect(seats[2]).toMatchObject({ number: 3, player: cy, you: true });
  });

  it("are kept for who played before, and full for everybody else", () => {
    const kept = [{ player_id: "p3", display_name: "Cy" }];
    const twoKept = [...kept, { player_id: "p4", display_name: "Dee" }];

    expect(seatsOf(lobby({ kept }))[2]).toEqual({ kind: "kept", number: 3, for: kept[0] });
    expect(isFullFor(lobby({ kept }), null)).toBe(false);
    expect(isFullFor(lobby({ kept: twoKept }), null)).toBe(true);
    expect(isFullFor(lobby({ kept: twoKept }), "p4")).toBe(false);
  });

  it("give way to a friend who comes though a bot was meant to", () => {
    const cy = { player_id: "p3", display_name: "Cy", is_bot: false, autopilot: false, bot: null };
    const dee = { player_id: "p4", display_name: "Dee", is_bot: false, autopilot: false, bot: null };

    const seats = seatsOf(lobby({ players: [ada, ben, cy, dee] }));

    expect(seats.map((seat) => seat.kind)).toEqual(["taken", "taken", "taken", "taken"]);
  });
});

describe("the start", () => {
  it("waits while a seat is free that no bot will take", () => {
    expect(missing(lobby())).toBe("1 seat is still empty.");
    expect(missing(lobby({ bots: 0 }))).toBe("2 seats are still empty.");
  });

  it("waits for nothing once bots fill the rest", () => {
    expect(missing(lobby({ bots: 2 }))).toBeNull();
  });
});

it("is full when every seat is a player's", () => {
  expect(isFull(lobby())).toBe(false);
  expect(isFull(lobby({ seats: 2 }))).toBe(true);
});

it("needs as many seats as the last one that is taken, wherever there are gaps", () => {
  const dee = { player_id: "p4", display_name: "Dee", is_bot: false, autopilot: false, bot: null };

  expect([seatsNeeded([ada, dee]), seatsNeeded([ada])]).toEqual([4, 1]);
});

import { expect, test } from "vitest";
import type { Listed } from "$parts/again/next.svelte";
import { offerOf } from "$parts/again/offer";

const next = (change: Partial<Listed>): Listed => ({
  join_code: "NEXT23",
  game_status: "lobby",
  host_id: "p2",
  you: null,
  invited: null,
  rematch: null,
  players: [
    { player_id: "p1", display_name: "Bo" },
    { player_id: "p2", display_name: "Ada" },
  ],
  ...change,
});

test("who has a seat kept is asked, by the name of who wants it", () => {
  expect(offerOf(next({ invited: "p3" }))).toEqual({ words: "Ada wants another game.", asked: true, link: null });
});

test("everybody else is told where the next game is, and nothing where it was called off", () => {
  expect(offerOf(next({}))?.words).toBe("Ada gathers the next game.");
  expect(offerOf(next({ you: "p1" }))).toMatchObject({ words: "You have a seat in the next game.", link: "Go there" });
  expect(offerOf(next({ game_status: "active" }))).toMatchObject({ asked: false, link: "Watch it" });
  expect(offerOf(next({ game_status: "active", you: "p1" }))).toMatchObject({ link: "Go there" });
  expect(offerOf(next({ game_status: "concluded" }))?.link).toBe("See it");
  expect(offerOf(next({ game_status: "canceled" }))).toBeNull();
  expect(offerOf(null)).toBeNull();
});

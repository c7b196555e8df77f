import { expect, test } from "vitest";
import type { SetBack } from "$parts/live.svelte";
import type { ClockCreditedShown, GameOverShown, ShownEvent } from "../lib/wire";
import { lineOf, linesOf, listed, type Teller } from "./words";

const NAMES: Record<string, string> = { p1: "Ada", p2: "Bo", p3: "Kit", minotaur: "the Minotaur" };
const name = (id: string): string => NAMES[id] ?? id;
const ADA: Teller = { you: "p1", name };
const NOBODY: Teller = { you: null, name };
const AT = { seq: 7, round: 4, step: 2 };

function text(event: ShownEvent, teller: Teller = ADA): string | undefined {
  return lineOf(event, teller)?.text;
}

test("each round has one mark, before what happened in it; the game begins before its first", () => {
  const story: ShownEvent[] = [
    { type: "game_started", seq: 1, round: 1, step: 0 },
    { type: "noise", direction: "E", seq: 2, round: 1, step: 1 },
    { type: "round_started", seq: 4, round: 2, step: 0 },
    { type: "noise", direction: "W", seq: 6, round: 2, step: 1 },
  ];

  expect(linesOf(story, ADA).map((line) => line.text)).toEqual([
    "The torches are lit. The game begins.",
    "Round 1",
    "You hear fighting to the east.",
    "Round 2",
    "You hear fighting to the west.",
  ]);
  expect(new Set(linesOf(story, ADA).map(({ key }) => key)).size).toBe(5);
});

test("a fight that goes on is heard once, until something else happens or the round ends", () => {
  const noise = (seq: number, direction: "E" | "W", round = 1): ShownEvent => ({
    type: "noise",
    direction,
    seq,
    round,
    step: 1,
  });
  const heard = linesOf([noise(1, "E"), noise(2, "E"), noise(3, "W"), noise(4, "E"), noise(5, "E", 2)], ADA);

  expect(heard.map(({ seq, tone }) => (tone === "round" ? "mark" : seq))).toEqual(["mark", 1, 3, 4, "mark", 5]);
});

test("that the game was set back stands once where it happened, and is about everybody", () => {
  const started = (seq: number, round: number): ShownEvent => ({ type: "round_started", seq, round, step: 0 });
  const noise: ShownEvent = { type: "noise", direction: "E", seq: 4, round: 2, step: 1 };
  const texts = (events: ShownEvent[], ...setBacks: SetBack[]): string[] =>
    linesOf(events, ADA, setBacks).map((line) => line.text);
  const said = "The game was set back to round 2 by the operator.";

  const story = [started(1, 1), started(2, 2), noise, started(5, 3)];
  expect(texts(story.slice(0, 2), { seq: 3, round: 2 })).toEqual(["Round 1", "Round 2", said]);
  expect(texts(story, { seq: 3, round: 2 })).toEqual([
    "Round 1",
    "Round 2",
    said,
    "You hear fighting to the east.",
    "Round 3",
  ]);
  expect(texts(story, { seq: 0, round: 0 })[0]).toBe("The game was set back to its lobby by the operator.");
  expect(linesOf(story, ADA, [{ seq: 3, round: 2 }])[2]).toMatchObject({ tone: "quiet", aboutYou: true, round: 2 });
  const keys = linesOf(story, ADA, [
    { seq: 1, round: 1 },
    { seq: 3, round: 2 },
  ]).map(({ key }) => key);
  expect(new Set(keys).size).toBe(6);
});

test("your own move is told by where you went, another's arrival by where they came from", () => {
  expect(text({ ...AT, type: "pc_entered_hex", id: "p1", from_vector: { q: -1, r: 0 } })).toBe(
    "You moved to the east.",
  );
  expect(text({ ...AT, type: "pc_entered_hex", id: "p2", from_vector: { q: -1, r: 1 } })).toBe(
    "Bo arrived from the south-west.",
  );
  expect(text({ ...AT, type: "pc_left_hex", id: "p2", to_vector: { q: 1, r: -1 } })).toBe("Bo left to the north-east.");
  expect(text({ ...AT, type: "pc_entered_hex", id: "minotaur", from_vector: { q: 0, r: -1 } })).toBe(
    "The Minotaur arrived from the north-west.",
  );
});

test("blows say who, whom and how much", () => {
  const blow = (
    id: string,
    target_id: string,
    damage: number,
    missed: "moved_on" | "fell" | null = null,
  ): ShownEvent => ({
    ...AT,
    type: "pc_attacked",
    id,
    target_id,
    hit: damage > 0,
    damage,
    missed,
  });
  expect(text(blow("p2", "p1", 3))).toBe("Bo attacks you: −3.");
  expect(lineOf(blow("p2", "p1", 3), ADA)?.tone).toBe("hurt");
  expect(text(blow("p1", "minotaur", 3))).toBe("You hit the Minotaur: −3.");
  expect(text(blow("p1", "p2", 0))).toBe("You strike at Bo and miss.");
  expect(text(blow("minotaur", "p1", 0))).toBe("The Minotaur strikes at you and misses.");
  expect(text(blow("p2", "p3", 3))).toBe("Bo attacks Kit: −3.");
  expect(text(blow("p1", "p2", 0, "fell"))).toBe("You strike at Bo, who has fallen.");
  expect(text(blow("minotaur", "p1", 0, "moved_on"))).toBe("The Minotaur strikes at you, but you have moved on.");
  expect(text(blow("p2", "p3", 0, "moved_on"))).toBe("Bo strikes at Kit, who has moved on.");
});

test("a fall names all who had a part in it", () => {
  const fall = (id: string, by: string[]): ShownEvent => ({ ...AT, type: "killed", id, by });
  expect(text(fall("p2", ["p1", "minotaur"]))).toBe("Bo falls to you and the Minotaur.");
  expect(text(fall("p1", ["p2"]))).toBe("You fall to Bo.");
  expect(text(fall("p3", ["collapse"]))).toBe("Kit falls into the chasm.");
  expect(text(fall("p1", ["lair"]))).toBe("You are drained by the lair.");
  expect(text(fall("p1", ["p2", "p3"]), NOBODY)).toBe("Ada falls to Bo and Kit.");
});

test("a kill of your own is good news, never in the colour of danger", () => {
  const tone = (id: string, by: string[]): string | undefined => lineOf({ ...AT, type: "killed", id, by }, ADA)?.tone;
  expect(tone("p2", ["p1"])).toBe("good");
  expect(tone("p2", ["minotaur", "p1"])).toBe("good");
  expect(tone("p2", ["p3"])).toBe("danger");
  expect(tone("p1", ["p1", "p2"])).toBe("danger");
});

test("what is far is only heard", () => {
  expect(text({ ...AT, type: "noise", direction: "NW" })).toBe("You hear fighting to the north-west.");
});

test("the labyrinth speaks for everyone", () => {
  expect(text({ ...AT, type: "tremor" })).toBe("The outer ring trembles.");
  expect(text({ ...AT, type: "minotaur_slain", by: ["p1", "p2"] })).toBe("You and Bo slay the Minotaur!");
  expect(text({ ...AT, type: "minotaur_slain", by: ["p1"] })).toBe("You slay the Minotaur!");
  expect(text({ ...AT, type: "minotaur_slain", by: ["p2"] })).toBe("Bo slays the Minotaur!");
});

test("time that is given back is said with its reason, in other words for each", () => {
  const lines = (["restart", "moved", "store_away", "paused", "clock_step"] as const).map((why) =>
    text({ ...AT, type: "clock_credited", ms: 12_400, why }),
  );

  expect(lines).toEqual([
    "The server was away for 12 seconds. You get them back.",
    "Your game moved to another server, which took 12 seconds. You get them back.",
    "No move could be saved for 12 seconds. You get them back.",
    "The server stood still for 12 seconds. You get them back.",
    "The server's clock was put right. Your time for this round stays the same.",
  ]);
  const old = { ...AT, type: "clock_credited", ms: 12_400 } as Partial<ClockCreditedShown> as ClockCreditedShown;
  expect(text(old)).toBe(lines[0]);
  expect(text({ ...AT, type: "clock_credited", ms: -600_000, why: "clock_step" })).toBe(lines[4]);
});

test("the end is yours, somebody's, or nobody's", () => {
  expect(text({ ...AT, type: "game_over", winner_id: "p1", why: null })).toBe(
    "You are the last one standing. You win!",
  );
  expect(text({ ...AT, type: "game_over", winner_id: "p2", why: null })).toBe("Bo wins.");
  expect(text({ ...AT, type: "game_over", winner_id: null, why: null })).toBe("Nobody is left standing: a draw.");
  expect(text({ ...AT, type: "game_over", winner_id: null, why: "untouched" })).toBe(
    "Nobody has played here for many rounds, so the game was ended.",
  );
  const old = { ...AT, type: "game_over", winner_id: null } as Partial<GameOverShown> as GameOverShown;
  expect(text(old)).toBe("Nobody is left standing: a draw.");
});

test("what becomes of a lobby is told with the names of those who left it", () => {
  const said = (event: object): string => lineOf({ ...AT, ...event } as ShownEvent, ADA)?.text ?? "";

  expect(said({ type: "left", id: "p7", display_name: "Cy" })).toBe("Cy leaves.");
  expect(said({ type: "sent_away", id: "p7", display_name: "Cy" })).toBe("The host sends Cy away.");
  expect(said({ type: "host_passed", id: "p1" })).toBe("You are the host now.");
  expect(said({ type: "seat_changed", seat: 3, bot: "hunter" })).toBe("A bot takes seat 3: a hunter.");
  expect(said({ type: "seat_changed", seat: 3, bot: null })).toBe("Seat 3 is empty again.");
  expect(said({ type: "released", id: "p3", display_name: "Cy" })).toBe("Seat 3 is kept no more for Cy.");
  expect(said({ type: "settings_changed" })).toBe("The host changes the rules of the game.");
});

test("skips, plans and readiness are no lines", () => {
  expect(lineOf({ type: "skip", seq: 1 }, ADA)).toBeNull();
  expect(lineOf({ ...AT, type: "plan_accepted", steps: [] }, ADA)).toBeNull();
  expect(lineOf({ ...AT, type: "ready_accepted" }, ADA)).toBeNull();
});

test("the filter keeps what touches you", () => {
  expect(lineOf({ ...AT, type: "resigned", id: "p2" }, ADA)?.aboutYou).toBe(false);
  expect(lineOf({ ...AT, type: "killed", id: "p2", by: ["p1"] }, ADA)?.aboutYou).toBe(true);
  expect(lineOf({ ...AT, type: "noise", direction: "E" }, ADA)?.aboutYou).toBe(true);
});

test("names are listed as one says them", () => {
  expect(listed([])).toBe("nobody");
  expect(listed(["Ada"])).toBe("Ada");
  expect(listed(["Ada", "Bo", "you"])).toBe("Ada, Bo and you");
});

test("what only a newer server knows is passed over, not stumbled over", () => {
  const unknown = { type: "pc_teleported", id: "p1", seq: 5, round: 1, step: 1 } as unknown as ShownEvent;

  expect(lineOf(unknown, ADA)).toBeNull();
});

/** What people agree on, as a page shows it to one of them. */

import { describe, expect, it } from "vitest";
import { agreeingOf, type Agreed } from "$parts/agree/agreeing";
import { askedWords, buttonWords } from "$parts/agree/words";

const ADA = { player_id: "p1", display_name: "Ada", is_bot: false, autopilot: false, player_status: "playing" };
const BO = { ...ADA, player_id: "p2", display_name: "Bo" };
const CY = { ...ADA, player_id: "p3", display_name: "Cy", presence: "away" as const };
const NOTHING = { asked: [], pause: null, pauses_left: 8 };

function view(change: Partial<Agreed> = {}): Agreed {
  return {
    agreements: NOTHING,
    players: [ADA, BO],
    you: { player_id: "p1", player_status: "playing" },
    ...change,
  };
}

function words(seen: Agreed): string[] {
  const agreeing = agreeingOf(seen);
  const offers = [...(agreeing?.clock ? [agreeing.clock] : []), ...(agreeing?.autopilots ?? [])];
  return offers.map((offer) => `${askedWords(offer)}|${offer.may ? buttonWords(offer) : ""}`);
}

describe("what people agree on", () => {
  it("is a quiet control as long as nobody has asked", () => {
    expect(words(view())).toEqual(["|Pause"]);
  });

  it("says who would like it, and lets you join them", () => {
    const asked = [{ to: "pause", by: ["p2"], missing: ["p1"] }];
    expect(words(view({ agreements: { ...NOTHING, asked } }))).toEqual(["Bo would like a pause.|Agree"]);
  });

  it("says for whom it waits once you have said it", () => {
    const asked = [{ to: "pause", by: ["p1"], missing: ["p2"] }];
    expect(words(view({ agreements: { ...NOTHING, asked } }))).toEqual(["You would like a pause. Waiting for Bo.|"]);
  });

  it("offers to go on while the clock stands", () => {
    const pause = { until: "2026-01-01T00:00:00.000Z", left_ms: 1 };
    const asked = [{ to: "go_on", by: ["p2"], missing: ["p1"] }];
    expect(words(view({ agreements: { ...NOTHING, pause } }))).toEqual(["|Go on"]);
    expect(words(view({ agreements: { asked, pause, pauses_left: 0 } }))).toEqual(["Bo would like to go on.|Go on"]);
  });

  it("offers a bot for each who is away, plays and has none", () => {
    const players = [
      ADA,
      BO,
      CY,
      { ...CY, player_id: "p4", autopilot: true },
      { ...CY, player_id: "p5", is_bot: true },
    ];
    const fallen = { ...CY, player_id: "p6", player_status: "eliminated" };
    expect(words(view({ players: [...players, fallen] }))).toEqual(["|Pause", "|Let the autopilot play for Cy"]);
  });

  it("shows who only watches what others ask for, and no button", () => {
    const asked = [{ to: "autopilot:p3", by: ["p1", "p2"], missing: [] }];
    const watched = view({ agreements: { ...NOTHING, asked }, players: [ADA, BO, CY], you: null });
    expect(words(watched)).toEqual(["Ada and Bo would let the autopilot play for Cy.|"]);
    expect(words(view({ you: null }))).toEqual([]);
  });

  it("is nothing where no more pauses may be, no round is on, or the server knows nothing of it", () => {
    expect(words(view({ agreements: { ...NOTHING, pauses_left: 0 } }))).toEqual([]);
    expect(agreeingOf(view({ agreements: null }))).toBeNull();
    expect(agreeingOf({ players: [ADA], you: null })).toBeNull();
  });
});

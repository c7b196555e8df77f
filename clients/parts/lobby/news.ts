/** What happens in a lobby, told to whoever is there. Pure. */

import { assertNever } from "@clew/client";
import { seatNumber } from "./seats";
import { WORDS } from "./words";

/** What any game's lobby tells. */
export type LobbyTold =
  | {
      readonly type: "player_joined" | "left" | "sent_away";
      readonly id: string;
      readonly display_name: string;
    }
  | { readonly type: "host_passed"; readonly id: string }
  | {
      readonly type: "seat_changed";
      readonly seat: number;
      readonly bot: string | null;
    }
  | { readonly type: "settings_changed" };

export interface Piece {
  readonly seq: number;
  readonly text: string;
  /** It makes something of you. */
  readonly yours: boolean;
}

interface Named {
  readonly player_id: string;
  readonly display_name: string;
}

/** Those who sit there now, the reader's seat, and how a kind of bot is called: "a hunter". */
export interface Company {
  readonly players: readonly Named[];
  readonly you: string | null;
  readonly host_id: string;
  readonly botWords: (kind: string) => string;
}

const KINDS: Record<LobbyTold["type"], true> = {
  player_joined: true,
  left: true,
  sent_away: true,
  host_passed: true,
  seat_changed: true,
  settings_changed: true,
};

export function isLobbyTold<E extends { readonly type: string }>(
  event: E,
): event is E & LobbyTold {
  return event.type in KINDS;
}

/** A sentence for each event of the lobby, in their order. */
export function newsOf(
  events: readonly { readonly type: string; readonly seq: number }[],
  company: Company,
): Piece[] {
  const told = events.filter(isLobbyTold);
  const passed = told.some(({ type }) => type === "host_passed");
  /** Null until it is known: who was host before the first that is told of it, nobody says. */
  let host = passed ? null : company.host_id;
  return told.map((event, at) => {
    if (event.type === "host_passed") host = event.id;
    const name = "id" in event ? nameThen(told, at, event.id, company) : "";
    const { text, yours = false } = sentenceOf(event, company.you, name, {
      host,
      botWords: company.botWords,
    });
    return { seq: event.seq, text, yours };
  });
}

/** How somebody in a seat was called then: by how they came, or went, or who sits there still. */
function nameThen(
  told: readonly LobbyTold[],
  at: number,
  id: string,
  { players }: Company,
): string {
  const named = told.map((event) =>
    "display_name" in event && event.id === id ? event : null,
  );
  const before = named
    .slice(0, at + 1)
    .filter((event) => event?.type === "player_joined")
    .at(-1);
  const after = named
    .slice(at)
    .find((event) => event !== null && event.type !== "player_joined");
  const now = players.find(({ player_id }) => player_id === id);
  return (before ?? after ?? now)?.display_name ?? id;
}

/** How often something happened of which the view says too little: the listing has to be asked again. */
export function turnsOf(
  events: readonly { readonly type: string; readonly seq: number }[],
  you: string | null,
): number {
  return events
    .filter(isLobbyTold)
    .filter(
      (event) =>
        event.type === "settings_changed" ||
        ((event.type === "left" || event.type === "sent_away") &&
          event.id === you),
    ).length;
}

/** How somebody who sat there lost the seat, by the last that was told of it. */
export function wentAway(
  events: readonly { readonly type: string; readonly seq: number }[],
  seat: string,
): "left" | "sent_away" {
  const last = events
    .filter(isLobbyTold)
    .filter(
      (event) =>
        (event.type === "left" || event.type === "sent_away") &&
        event.id === seat,
    )
    .at(-1);
  return last?.type === "sent_away" ? "sent_away" : "left";
}

function sentenceOf(
  event: LobbyTold,
  you: string | null,
  name: string,
  at: { host: string | null; botWords: Company["botWords"] },
): { text: string; yours?: boolean } {
  const words = WORDS.news;
  switch (event.type) {
    case "player_joined": {
      const seat = seatNumber(event.id);
      return {
        text: event.id === you ? words.satYou(seat) : words.sat(name, seat),
      };
    }
    case "left":
      return { text: words.left(name) };
    case "sent_away":
      return { text: words.sentAway(name) };
    case "host_passed":
      return event.id === you
        ? { text: words.hostYou, yours: true }
        : { text: words.host(name) };
    case "seat_changed":
      return {
        text:
          event.bot === null
            ? words.emptied(event.seat)
            : words.bot(at.botWords(event.bot), event.seat),
      };
    case "settings_changed":
      return {
        text:
          you !== null && you === at.host ? words.settingsYou : words.settings,
      };
    default:
      return assertNever(event, { text: "" });
  }
}

/** Every sentence around what people agree on, in one place. They are of games in general, so both pages say the same. */

import type { Offer } from "./agreeing";

const REFUSED: Readonly<Record<string, string>> = {
  not_away: "They are here again, and play for themselves.",
  no_more_pauses: "This game was paused as often as may be.",
  not_playing: "Only who still plays can do that.",
  game_over: "The game is over.",
};

export const WORDS = {
  title: "What you agree on",
  pause: "Pause",
  goOn: "Go on",
  agree: "Agree",
  autopilot: (name: string) => `Let the autopilot play for ${name}`,
  paused: "Paused by agreement",
  goesOn: (left: string) => `goes on in ${left}`,
  lost: "That did not reach the game. Try it again.",
  refused: (code: string, message: string) => REFUSED[code] ?? message,
} as const;

/** What is on the button: the thing itself, or that you join those who asked for it. */
export function buttonWords(offer: Offer): string {
  if (offer.to === "go_on") return WORDS.goOn;
  if (offer.by.length > 0) return WORDS.agree;
  return offer.about === null ? WORDS.pause : WORDS.autopilot(offer.about);
}

/** Who has asked, and for whom it waits; "" where nobody has. */
export function askedWords(offer: Offer): string {
  const { by, mine, missing, about } = offer;
  const what =
    offer.to === "go_on"
      ? "like to go on"
      : about === null
        ? "like a pause"
        : `let the autopilot play for ${about}`;
  const who = listed(mine ? [...by, "you"] : by);
  if (who === "") return "";
  const said = `${who.charAt(0).toUpperCase()}${who.slice(1)} would ${what}`;
  return mine && missing.length > 0
    ? `${said}. Waiting for ${listed(missing)}.`
    : `${said}.`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2
    ? last
    : `${names.slice(0, -1).join(", ")} and ${last}`;
}

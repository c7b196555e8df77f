/** Every sentence around what people say to each other, in one place. They are of games in general, so both pages say the same. */

import type { Sign } from "@clew/client";

export const SIGN_WORDS: Record<Sign, string> = {
  hello: "Hello",
  good_luck: "Good luck",
  well_met: "Well met",
  well_played: "Well played",
  thanks: "Thanks",
  sorry: "Sorry",
  wow: "Wow",
  hurry: "Hurry up",
};

export const WORDS = {
  title: "Talk",
  log: "What people say",
  nothing: "Nobody has said anything yet.",
  field: "Say something",
  say: "Say",
  pending: "On its way",
  who: "Who you hear",
  mute: (name: string) => `Mute ${name}`,
  gone: "Somebody who left",
  unread: (count: number) => `${count} new`,
  left: (count: number) => `${count} left`,
  tooMany: (count: number) => `${count} too many`,
  sign: "Give a sign",
  close: "Not now",
  signed: (name: string, sign: Sign) => `${name}: ${SIGN_WORDS[sign]}`,
  lost: "That did not reach the game. Try it again.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  too_often: "That was very fast. Wait a few seconds, then try again.",
  game_started: "The game has begun: words wait until its end. Signs do not.",
  game_canceled: "This game was called off.",
  not_playing: "Only who is in the game can do that.",
  invalid: "There is nothing in it that can be shown.",
};

/** Why something was not told, for a person. */
export function refusalWords(error: {
  readonly code: string;
  readonly message: string;
}): string {
  return REFUSED[error.code] ?? error.message;
}

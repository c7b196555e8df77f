/** Every sentence around what people agree on, in one place. They are of games in general, so both pages say the same. */

import { t, type Values } from "../catalogue/catalogue";
import { listed } from "../catalogue/formats";
import type { Offer } from "./agreeing";

const REFUSED: Readonly<Record<string, string>> = {
  not_away: t("agree-not-away"),
  no_more_pauses: t("agree-no-more"),
  not_playing: t("agree-not-playing"),
  game_over: t("agree-over"),
};

export const WORDS = {
  title: t("agree-title"),
  pause: t("agree-pause"),
  goOn: t("agree-go-on"),
  agree: t("agree-agree"),
  autopilot: (name: string) => t("agree-autopilot", { name }),
  paused: t("agree-paused"),
  goesOn: (left: string) => t("agree-goes-on", { left }),
  lost: t("agree-lost"),
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
  const { by, mine, missing } = offer;
  if (by.length === 0 && !mine) return "";
  const who = !mine ? "others" : by.length === 0 ? "you" : "both";
  // Before "and you" there is no "and" of their own.
  const names = who === "both" ? by.join(", ") : listed(by);
  const said = sentenceOf(offer, { who, names, count: by.length });
  return mine && missing.length > 0
    ? `${said} ${t("agree-waiting", { names: listed(missing) })}`
    : said;
}

function sentenceOf({ to, about }: Offer, values: Values): string {
  if (to === "go_on") return t("agree-asked-go-on", values);
  return about === null
    ? t("agree-asked-pause", values)
    : t("agree-asked-autopilot", { ...values, about });
}

/** Every sentence around what people say to each other, in one place. They are of games in general, so both pages say the same. */

import { t } from "../catalogue/catalogue";
import type { Sign } from "@clew/client";

export const SIGN_WORDS: Record<Sign, string> = {
  hello: t("talk-sign-hello"),
  good_luck: t("talk-sign-good-luck"),
  well_met: t("talk-sign-well-met"),
  well_played: t("talk-sign-well-played"),
  thanks: t("talk-sign-thanks"),
  sorry: t("talk-sign-sorry"),
  wow: t("talk-sign-wow"),
  hurry: t("talk-sign-hurry"),
};

export const WORDS = {
  title: t("talk-title"),
  log: t("talk-log"),
  nothing: t("talk-nothing"),
  field: t("talk-field"),
  say: t("talk-say"),
  pending: t("talk-pending"),
  who: t("talk-who"),
  mute: (name: string) => t("talk-mute", { name }),
  gone: t("talk-gone"),
  unread: (count: number) => t("talk-unread", { count }),
  left: (count: number) => t("talk-left", { count }),
  tooMany: (count: number) => t("talk-too-many", { count }),
  sign: t("talk-sign"),
  close: t("talk-close"),
  signed: (name: string, sign: Sign) =>
    t("talk-signed", { name, sign: SIGN_WORDS[sign] }),
  lost: t("talk-lost"),
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  too_often: t("talk-too-often"),
  game_started: t("talk-game-started"),
  game_canceled: t("talk-game-canceled"),
  not_playing: t("talk-not-playing"),
  invalid: t("talk-invalid"),
};

/** Why something was not told, for a person. */
export function refusalWords(error: {
  readonly code: string;
  readonly message: string;
}): string {
  return REFUSED[error.code] ?? error.message;
}

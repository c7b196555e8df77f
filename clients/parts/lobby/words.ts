/** Every sentence around a lobby, in one place. They are of games in general, so both pages say the same. */

import { t } from "../catalogue/catalogue";
import { listed } from "../catalogue/formats";

export const WORDS = {
  seat: {
    kept: (seat: number, name: string) => t("lobby-seat-kept", { seat, name }),
    giveAway: t("lobby-seat-give-away"),
    free: (seat: number) => t("lobby-seat-free", { seat }),
    put: (bot: string) => t("lobby-seat-put", { bot }),
    make: (bot: string) => t("lobby-seat-make", { bot }),
    empty: t("lobby-seat-empty"),
    asItIs: t("lobby-seat-as-it-is"),
    pass: (name: string) => t("lobby-seat-pass", { name }),
    passWhy: (name: string) => t("lobby-seat-pass-why", { name }),
    sendAway: (name: string) => t("lobby-seat-send-away", { name }),
    sendAwayTitle: (name: string) => t("lobby-seat-send-away-title", { name }),
    sendAwayWhy: (name: string) => t("lobby-seat-send-away-why", { name }),
    keep: (name: string) => t("lobby-seat-keep", { name }),
  },
  ready: {
    say: t("lobby-ready"),
    everyone: t("lobby-ready-everyone"),
    others: t("lobby-ready-others"),
    notYet: (names: readonly string[]) =>
      t("lobby-ready-not-yet", { names: listed(names) }),
  },
  doors: {
    leave: t("lobby-doors-leave"),
    leaveTitle: t("lobby-doors-leave-title"),
    leaveWhy: t("lobby-doors-leave-why"),
    leaveAct: t("lobby-doors-leave-act"),
    callOff: t("lobby-doors-call-off"),
    callOffTitle: t("lobby-doors-call-off-title"),
    callOffAlone: t("lobby-doors-call-off-alone"),
    callOffOthers: (others: number) =>
      t("lobby-doors-call-off-others", { count: others }),
    callOffAct: t("lobby-doors-call-off-act"),
    stay: t("lobby-doors-stay"),
    keep: t("lobby-doors-keep"),
  },
  out: {
    leftTitle: t("lobby-out-left-title"),
    left: t("lobby-out-left"),
    again: t("lobby-out-again"),
    sentAwayTitle: t("lobby-out-sent-away-title"),
    sentAway: t("lobby-out-sent-away"),
  },
  news: {
    sat: (name: string, seat: number) => t("lobby-news-sat", { name, seat }),
    satYou: (seat: number) => t("lobby-news-sat-you", { seat }),
    left: (name: string) => t("lobby-news-left", { name }),
    sentAway: (name: string) => t("lobby-news-sent-away", { name }),
    host: (name: string) => t("lobby-news-host", { name }),
    hostYou: t("lobby-news-host-you"),
    bot: (bot: string, seat: number) => t("lobby-news-bot", { seat, bot }),
    emptied: (seat: number) => t("lobby-news-emptied", { seat }),
    settings: t("lobby-news-settings"),
    settingsYou: t("lobby-news-settings-you"),
  },
} as const;

/** Every sentence about passkeys. */

import { t } from "../catalogue/catalogue";
import { locale } from "../catalogue/formats";

export const WORDS = {
  or: t("passkey-or"),
  logIn: t("passkey-log-in"),
  open: t("passkey-open"),
  openHint: t("passkey-open-hint"),
  noneHere: t("passkey-none-here"),
  noneHereLogIn: t("passkey-none-here-log-in"),
  title: t("passkey-title"),
  why: t("passkey-why"),
  list: t("passkey-list"),
  none: t("passkey-none"),
  made: (at: string) => t("passkey-made", { date: dateOf(at) }),
  used: (at: string) => t("passkey-used", { date: dateOf(at) }),
  unused: t("passkey-unused"),
  add: {
    act: t("passkey-add"),
    name: t("passkey-add-name"),
    nameHint: t("passkey-add-name-hint"),
    first: t("passkey-add-first"),
    show: t("passkey-add-show"),
    shown: t("passkey-add-shown"),
    make: t("passkey-add-make"),
    notNow: t("passkey-add-not-now"),
    done: (name: string) => t("passkey-add-done", { name }),
  },
  rename: {
    act: t("passkey-rename"),
    it: (name: string) => t("passkey-rename-it", { name }),
    save: t("passkey-rename-save"),
    done: (name: string) => t("passkey-rename-done", { name }),
  },
  remove: {
    act: t("passkey-remove"),
    it: (name: string) => t("passkey-remove-it", { name }),
    title: (name: string) => t("passkey-remove-title", { name }),
    why: t("passkey-remove-why"),
    keep: t("passkey-remove-keep"),
    done: (name: string) => t("passkey-remove-done", { name }),
  },
  password: {
    none: t("passkey-password-none"),
    act: t("passkey-password-act"),
    done: t("passkey-password-done"),
  },
  leave: {
    proof: t("passkey-leave-proof"),
  },
  wrong: {
    canceled: t("passkey-wrong-canceled"),
    there: t("passkey-wrong-there"),
    elsewhere: (host: string) => t("passkey-wrong-elsewhere", { host }),
    unfit: t("passkey-wrong-unfit"),
    failed: t("passkey-wrong-failed"),
    nameLong: (most: number) => t("passkey-wrong-name-long", { most }),
  },
};

function dateOf(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(
    new Date(at),
  );
}

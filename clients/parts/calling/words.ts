/** Every sentence about being called while no page is open, but those that the worker says (src/clew/web/worker.py). */

import { t } from "../catalogue/catalogue";

export const WORDS = {
  title: t("call-title"),
  why: t("call-why"),
  act: t("call-act"),
  on: t("call-on"),
  stop: t("call-stop"),
  busy: t("call-busy"),
  failed: t("call-failed"),
  cannot: {
    denied: t("call-denied"),
    unsupported: t("call-unsupported"),
    install: t("call-install"),
    insecure: t("call-insecure"),
    nowhere: t("call-nowhere"),
  },
};

/** And about addresses of one's own. */
export const HOOK = {
  title: t("call-hook-title"),
  why: t("call-hook-why"),
  url: t("call-hook-url"),
  hint: t("call-hook-hint"),
  missing: t("call-hook-missing"),
  act: t("call-hook-act"),
  list: t("call-hook-list"),
  remove: t("call-hook-remove"),
  removeIt: (to: string) => t("call-hook-remove-it", { to }),
  removed: (to: string) => t("call-hook-removed", { to }),
  secret: (to: string) => t("call-hook-secret", { to }),
  once: t("call-hook-once"),
  copy: t("call-hook-copy"),
  copied: t("call-hook-copied"),
  byHand: t("call-hook-by-hand"),
  kept: t("call-hook-kept"),
};

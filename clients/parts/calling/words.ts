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

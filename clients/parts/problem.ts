/** What went wrong, for a person: what happened and what to do. */

import { t } from "./catalogue/catalogue";
import { ApiError } from "@clew/client";

export interface Problem {
  readonly code: string;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a page itself finds that can't be done. The message is for a person. */
export class Trouble extends Error {
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

/** Words for anything that was thrown. What is neither an `ApiError` nor a `Trouble` is a bug of ours: it is also shown in the console. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Trouble)
    return { code: error.code, text: error.message, details: {} };
  if (!(error instanceof ApiError)) {
    console.error(error);
    return {
      code: "internal",
      text: t("problem-page"),
      details: {},
    };
  }
  if (error.code === "too_often" && error.retryAfter_s !== null) {
    const text = t("problem-wait", { count: Math.ceil(error.retryAfter_s) });
    return { code: error.code, text, details: error.details };
  }
  return { code: error.code, text: error.message, details: error.details };
}

/** This page's server, as it is asked over HTTP. */

import { Api, type Kind, type TableHttp } from "@clew/client";

export const api = new Api<TableHttp>();

let asked: Promise<readonly Kind[]> | null = null;

/** The games that this server has. They stay the same until it is started anew, and so does the page. Throws `ApiError`. */
export function kinds(): Promise<readonly Kind[]> {
  asked ??= api.kinds().then(({ kinds: found }) => found);
  asked.catch(() => (asked = null)); // Whoever asks again is not told an old failure.
  return asked;
}

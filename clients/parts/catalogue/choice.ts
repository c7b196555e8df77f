/** The languages there are, and which was chosen: kept in a cookie, since the server has to know before there is a page. */

const COOKIE = "lang";
const KEPT_S = 400 * 24 * 3600;

export interface Language {
  readonly tag: string;
  /** As it calls itself. */
  readonly name: string;
}

/** In the server's order; none where no server made the page. */
export function languages(): readonly Language[] {
  const block = document.getElementById("texts");
  const names = JSON.parse(block?.dataset.languages ?? "{}") as Record<
    string,
    string
  >;
  return Object.entries(names).map(([tag, name]) => ({ tag, name }));
}

/** Speaks it from now on, on every page of this server. The page is loaded anew. */
export function choose(tag: string): void {
  document.cookie = `${COOKIE}=${tag}; path=/; max-age=${KEPT_S}; samesite=lax`;
  location.reload();
}

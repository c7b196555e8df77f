/** Where a path leads. The whole router of the page: six places, and "nowhere" for the rest. */

export type Place =
  | { readonly at: "home" }
  | { readonly at: "you" }
  | { readonly at: "person"; readonly user_id: string }
  | { readonly at: "board" }
  | { readonly at: "game"; readonly code: string }
  | { readonly at: "replay"; readonly code: string }
  | { readonly at: "nowhere" };

const CODE_CHARS_MAX = 16;
const PERSON_PATH = /^\/people\/([a-z0-9]{1,64})\/?$/;
const GAME_PATH = /^\/g\/([A-Za-z0-9]+)(\/replay)?\/?$/;

export function placeOf(pathname: string): Place {
  if (pathname === "/" || pathname === "/index.html") return { at: "home" };
  if (/^\/you\/?$/.test(pathname)) return { at: "you" };
  if (/^\/board\/?$/.test(pathname)) return { at: "board" };
  const person = PERSON_PATH.exec(pathname)?.[1];
  if (person !== undefined) return { at: "person", user_id: person };
  const match = GAME_PATH.exec(pathname);
  if (match === null || match[1] === undefined) return { at: "nowhere" };
  const code = tidyCode(match[1]);
  if (code === "" || code.length > CODE_CHARS_MAX) return { at: "nowhere" };
  return match[2] === undefined ? { at: "game", code } : { at: "replay", code };
}

export function pathOf(place: Place): string {
  switch (place.at) {
    case "game":
      return `/g/${place.code}`;
    case "replay":
      return `/g/${place.code}/replay`;
    case "you":
      return "/you";
    case "person":
      return `/people/${place.user_id}`;
    case "board":
      return "/board";
    case "home":
    case "nowhere":
      return "/";
  }
}

/** A join code as a person typed or pasted it, perhaps the whole link: upper case, letters and digits only. */
export function tidyCode(typed: string): string {
  const pasted = /\/g\/([A-Za-z0-9]+)/.exec(typed);
  return (pasted?.[1] ?? typed).replace(/[^A-Za-z0-9]/g, "").toUpperCase();
}

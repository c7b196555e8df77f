/** What the pages say of people's results. The game's own words come with it. */

export const WORDS = {
  unseen: "Looking it up…",
  again: "Try again",
  board: "Who is ahead",
  boardOf: (month: string) => `Who is ahead in ${month}`,
  yours: "Your results",
  theirs: (name: string) => `Results of ${name}`,
  you: "you",
  rating: "rating",
  unrated:
    "No rating yet. It comes with the first game against another person.",
  ratingHint:
    "1000 is where everybody begins. It moves when people play each other, and not against bots.",
  played: (times: number) => (times === 1 ? "1 game" : `${times} games`),
  won: (times: number) => `${times} won`,
  drawn: (times: number) => `${times} drawn`,
  placesTitle: "Places",
  place: (place: number) => `Place ${place}`,
  placeOf: (place: number, seats: number) => `Place ${place} of ${seats}`,
  fatesTitle: "How it ended",
  latestTitle: "Latest games",
  times: (times: number) => `${times} ×`,
  together: (played: number, before: number, behind: number) =>
    `You met in ${played === 1 ? "1 game" : `${played} games`}: you stood higher in ${before}, they in ${behind}.`,
  nothing: "No game is over yet. The first one will stand here.",
  boardEmpty: (least: number) =>
    `Nobody yet. Whoever has an account and plays ${least} games with other people in a month stands here.`,
  boardHint: (least: number) =>
    `By rating after the last game of the month; from ${least} games with other people on, for who has an account.`,
  below: "You",
  outcome: { won: "won", drawn: "a draw", lost: "lost" },
} as const;

/** A month of the protocol, as people say it. */
export function monthWords(month: string): string {
  return new Date(`${month}-15T00:00:00Z`).toLocaleDateString("en", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** A day, as people say it. */
export function dayWords(moment: string): string {
  return new Date(moment).toLocaleDateString("en", {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** What a game did to a rating; nothing where it did not count. */
export function changeWords(
  before: number | null,
  after: number | null,
): string {
  if (after === null) return "";
  const by = after - (before ?? 1000);
  return by > 0 ? `+${by}` : by < 0 ? `−${-by}` : "±0";
}

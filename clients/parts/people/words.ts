/** What the pages say of people's results. The game's own words come with it. */

import { t } from "../catalogue/catalogue";
import { locale } from "../catalogue/formats";

export const WORDS = {
  unseen: t("people-unseen"),
  again: t("people-again"),
  board: t("people-board"),
  boardOf: (month: string) => t("people-board-of", { month }),
  yours: t("people-yours"),
  theirs: (name: string) => t("people-theirs", { name }),
  you: t("people-you"),
  rating: t("people-rating"),
  unrated: t("people-unrated"),
  ratingHint: t("people-rating-hint"),
  played: (count: number) => t("people-played", { count }),
  won: (count: number) => t("people-won", { count }),
  drawn: (count: number) => t("people-drawn", { count }),
  placesTitle: t("people-places-title"),
  place: (place: number) => t("people-place", { place }),
  placeOf: (place: number, seats: number) =>
    t("people-place-of", { place, seats }),
  fatesTitle: t("people-fates-title"),
  latestTitle: t("people-latest-title"),
  times: (count: number) => t("people-times", { count }),
  together: (played: number, before: number, behind: number) =>
    t("people-together", { played, before, behind }),
  nothing: t("people-nothing"),
  boardEmpty: (least: number) => t("people-board-empty", { least }),
  boardHint: (least: number) => t("people-board-hint", { least }),
  below: t("people-below"),
} as const;

/** A month of the protocol, as people say it. */
export function monthWords(month: string): string {
  return new Date(`${month}-15T00:00:00Z`).toLocaleDateString(locale(), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** A day, as people say it. */
export function dayWords(moment: string): string {
  return new Date(moment).toLocaleDateString(locale(), {
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

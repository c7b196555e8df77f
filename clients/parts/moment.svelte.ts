/** The address keeps to the moment that is shown, and the page to the address when somebody goes back or forward. */

import { momentOf, searchOf, type Moment } from "./moment";

/** A slider that is dragged passes many moments; the address takes the one it stays at. */
export const SETTLED_MS = 250;

/** Ties them together as long as the component lives.
 *
 * `shown` gives the moment on the page, null while it runs on by itself. Another round, or other eyes, is a new entry to
 * go back from; a step within the round is not. `show` is told what the address says after going back or forward.
 */
export function keepMoment(
  shown: () => Moment | null,
  show: (moment: Moment | null) => void,
): void {
  $effect(() => {
    const moment = shown();
    if (moment === null) return;
    const timer = setTimeout(() => note(moment), SETTLED_MS);
    return () => clearTimeout(timer);
  });

  $effect(() => {
    const follow = () => show(momentOf(location.search));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  });
}

/** This very page at that moment, for somebody else. */
export function linkTo(moment: Moment): string {
  return `${location.origin}${location.pathname}${searchOf(moment)}`;
}

function note(moment: Moment): void {
  const search = searchOf(moment);
  if (search === location.search) return;
  const before = momentOf(location.search);
  const near =
    before === null ||
    (before.round === moment.round && before.as === moment.as);
  if (near) history.replaceState(history.state, "", search);
  else history.pushState(null, "", search);
}

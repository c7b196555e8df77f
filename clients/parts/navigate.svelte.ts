/** Where the page is now, and how to go elsewhere without loading it again. */

import { pathOf, placeOf, type Place } from "./route";

class Way {
  place: Place = $state(placeOf(location.pathname));
  /** Where one was before, in this tab. */
  before: Place = { at: "home" };

  /** Follows the address bar. Returns how to stop. */
  listen(): () => void {
    const follow = () => {
      this.place = placeOf(location.pathname);
    };
    follow();
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }

  go(place: Place): void {
    const path = pathOf(place);
    this.before = this.place;
    if (path !== location.pathname) history.pushState(null, "", path);
    this.place = placeOf(path);
    scrollTo(0, 0);
  }

  /** For an `<a href>`: plain clicks stay in the page, new tabs and windows work as ever. */
  follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = event.currentTarget as HTMLAnchorElement;
    if (link.origin !== location.origin) return;
    event.preventDefault();
    this.go(placeOf(link.pathname));
  };
}

export const way = new Way();

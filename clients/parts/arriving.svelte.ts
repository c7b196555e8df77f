/** What is to happen when the page shows something else: one begins at its top, and the keyboard is there too. */

import { tick } from "svelte";

let last: Element | null = null;

/** Remembers where the focus is. Returns how to stop. */
export function followFocus(): () => void {
  const note = (event: FocusEvent): void => {
    last = event.target instanceof Element ? event.target : null;
  };
  addEventListener("focusin", note);
  return () => removeEventListener("focusin", note);
}

/** If what had the focus is gone, it goes on at the heading: else a keyboard would begin at the browser's own buttons. */
export async function keepFocus(): Promise<void> {
  await tick();
  const lost = last !== null && !last.isConnected;
  const free =
    document.activeElement === null || document.activeElement === document.body;
  if (!lost || !free) return;
  const goal =
    document.querySelector<HTMLElement>("main h1") ??
    document.querySelector<HTMLElement>("main");
  goal?.setAttribute("tabindex", "-1");
  goal?.focus({ preventScroll: true });
}

/** For a place that shows one screen after another: each but the first begins at its top. Called as a component is made. */
export function beginEachScreen(screen: () => string): void {
  let shown: string | null = null;
  $effect(() => {
    const next = screen();
    const changed = shown !== null && shown !== next;
    shown = next;
    if (!changed) return;
    scrollTo(0, 0);
    void keepFocus();
  });
}

/** What a number or a button means, told where it stands: by hover, by focus, and by a long press.
 *
 * Give it to any element: `use:explain={words}`. The words are its description for those who hear it, too. Escape takes
 * them away, and they stay while the pointer rests on them. On an element whose only task is to explain itself
 * (`data-explains`), a tap shows them at once.
 */

import type { Action } from "svelte/action";

const HOVER_MS = 250;
const PRESS_MS = 450;
/** Between the words and what they explain, and between them and the edge. */
const GAP = 8;

let tip: HTMLElement | null = null;
let owner: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function ours(): HTMLElement {
  if (tip?.isConnected) return tip;
  const made = document.createElement("div");
  made.id = "explained";
  made.className = "explained";
  made.setAttribute("role", "tooltip");
  made.popover = "manual";
  made.addEventListener("pointerleave", hide);
  document.body.append(made);
  tip = made;
  return made;
}

function show(node: HTMLElement, words: string): void {
  clearTimeout(timer);
  if (words === "" || !node.isConnected) return;
  const box = ours();
  box.textContent = words;
  if (!box.matches(":popover-open")) box.showPopover();
  owner = node;
  const about = node.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, about.left + about.width / 2 - width / 2), innerWidth - width - GAP);
  const above = about.top - height - GAP;
  box.style.left = `${left}px`;
  box.style.top = `${above >= GAP ? above : Math.min(about.bottom + GAP, innerHeight - height - GAP)}px`;
}

function hide(): void {
  clearTimeout(timer);
  owner = null;
  if (tip?.matches(":popover-open")) tip.hidePopover();
}

export const explain: Action<HTMLElement, string> = (node, words) => {
  let said = words;
  let pressed = false;
  const explains = node.hasAttribute("data-explains");
  node.setAttribute("aria-description", said);

  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pressed = ms === PRESS_MS;
      show(node, said);
    }, ms);
  };
  const heard: Partial<Record<keyof HTMLElementEventMap, (event: Event) => void>> = {
    // What does something, too, has a `title` for the pointer: nothing may come between it and what stands beside it.
    pointerenter: (event) => {
      if (explains && (event as PointerEvent).pointerType === "mouse") later(HOVER_MS);
    },
    pointerleave: (event) => {
      const to = (event as PointerEvent).relatedTarget;
      if (to !== tip) hide();
    },
    pointerdown: (event) => {
      pressed = false;
      if ((event as PointerEvent).pointerType !== "mouse" && !explains) later(PRESS_MS);
    },
    pointerup: () => {
      if (!pressed) clearTimeout(timer);
    },
    pointercancel: () => {
      if (!pressed) clearTimeout(timer);
    },
    contextmenu: (event) => {
      if (pressed) event.preventDefault();
    },
    // A long press asks what it is, and does not do it.
    click: (event) => {
      if (explains && owner !== node) return show(node, said);
      if (!pressed) return explains ? undefined : hide();
      pressed = false;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    focus: () => {
      if (node.matches(":focus-visible")) show(node, said);
    },
    blur: hide,
    keydown: (event) => {
      if ((event as KeyboardEvent).key === "Escape" && owner === node) hide();
    },
  };
  for (const [name, listener] of Object.entries(heard)) node.addEventListener(name, listener, true);

  return {
    update(now) {
      if (now === said) return;
      said = now;
      node.setAttribute("aria-description", said);
      if (owner === node) show(node, said);
    },
    destroy() {
      for (const [name, listener] of Object.entries(heard)) node.removeEventListener(name, listener, true);
      if (owner === node) hide();
    },
  };
};

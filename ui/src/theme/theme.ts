/** How the page looks: as the device does, or as was chosen here. Chosen once, it is kept on the device. */

import { forgetName, rememberedName, rememberName } from "$parts/remembered";

export const THEMES = ["dark", "light", "contrast"] as const;
export type Theme = (typeof THEMES)[number];
/** "system": as the device does. */
export type Choice = Theme | "system";

const KEY = "minotaur.theme";

export function choiceOf(kept: string): Choice {
  return THEMES.find((theme) => theme === kept) ?? "system";
}

/** More contrast is a need, and comes before what is only liked. */
export function themeOf(choice: Choice, wants: { light: boolean; contrast: boolean }): Theme {
  if (choice !== "system") return choice;
  if (wants.contrast) return "contrast";
  return wants.light ? "light" : "dark";
}

export function chosen(): Choice {
  return choiceOf(rememberedName(KEY));
}

export function choose(choice: Choice): void {
  if (choice === "system") forgetName(KEY);
  else rememberName(KEY, choice);
  put(choice);
}

/** Before anything is shown, and whenever the device changes its mind. */
export function keepTheme(): void {
  put(chosen());
  for (const query of [light(), contrast()]) query.addEventListener("change", () => put(chosen()));
}

function light(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: light)");
}

function contrast(): MediaQueryList {
  return matchMedia("(prefers-contrast: more)");
}

function put(choice: Choice): void {
  const wants = { light: light().matches, contrast: contrast().matches };
  document.documentElement.dataset.theme = themeOf(choice, wants);
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
}

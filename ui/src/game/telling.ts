/** How a round is told on this device: as the device has it, or as was chosen here. Chosen once, it is kept. */

import { forgetName, rememberedName, rememberName } from "$parts/remembered";

/** A film; still frames, one for each thing that happens; or its end at once. */
export const TELLINGS = ["film", "stills", "none"] as const;
export type Telling = (typeof TELLINGS)[number];
/** "system": a film, or still frames where less motion is wanted. */
export type TellingChoice = Telling | "system";

const KEY = "minotaur.telling";

export function choiceOf(kept: string): TellingChoice {
  return TELLINGS.find((telling) => telling === kept) ?? "system";
}

/** A need for less motion decides where nothing was chosen. What nobody looks at is not told. */
export function tellingOf(choice: TellingChoice, wants: { stillness: boolean; hidden: boolean }): Telling {
  if (wants.hidden) return "none";
  if (choice !== "system") return choice;
  return wants.stillness ? "stills" : "film";
}

export function chosenTelling(): TellingChoice {
  return choiceOf(rememberedName(KEY));
}

export function chooseTelling(choice: TellingChoice): void {
  if (choice === "system") forgetName(KEY);
  else rememberName(KEY, choice);
}

/** As it stands now: asked before each round's end. */
export function tellingNow(): Telling {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return tellingOf(chosenTelling(), { stillness, hidden: document.hidden });
}

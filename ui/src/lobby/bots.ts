/** The kinds of bots, as a person chooses among them. */

import type { BotChoice } from "$parts/lobby/seats";
import type { BotKind } from "$lib/wire";

const WORDS: Record<BotKind, { readonly one: string; readonly many: string; readonly hint: string }> = {
  hunter: { one: "a hunter", many: "Hunters", hint: "Fight what they can beat, flee what they can't." },
  wanderer: { one: "a wanderer", many: "Wanderers", hint: "Stumble about. Kind to beginners." },
};

const KINDS = Object.keys(WORDS) as BotKind[];

/** For a single seat. */
export const BOTS: readonly BotChoice[] = KINDS.map((kind) => ({
  kind,
  words: WORDS[kind].one,
  hint: WORDS[kind].hint,
}));

/** For all that fill seats at the start. */
export const BOTS_TOGETHER = KINDS.map((value) => ({ value, words: WORDS[value].many, hint: WORDS[value].hint }));

/** "a hunter"; a bot of a kind that this page does not know is just a bot. */
export function botWords(kind: string | null): string {
  return BOTS.find((bot) => bot.kind === kind)?.words ?? "a bot";
}

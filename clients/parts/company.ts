/** What everybody sees of each other: who is here, how far they are with the round, and whom it waits for. Pure. */

import { t } from "./catalogue/catalogue";
import { listed } from "./catalogue/formats";

/** Servers before 0.3.0 say none of the last three. */
export interface Seen {
  readonly player_id: string;
  readonly display_name: string;
  readonly is_bot: boolean;
  readonly autopilot: boolean;
  readonly presence?: "away" | "here";
  readonly has_plan?: boolean;
  readonly ready?: boolean;
}

/** How far a person is with a round; null: nothing is known, or nobody plans there. */
export type Progress = "planned" | "planning" | "ready";

export type Doing = "away" | Progress;

/** What a view says of it; servers before 0.3.0 do not. */
export interface Waited {
  readonly waiting_for?: readonly string[];
  readonly players: readonly Pick<Seen, "display_name" | "player_id">[];
}

/** Nobody is called by more names than this before they are counted. */
const NAMED_MAX = 3;

export function isAway({ is_bot, presence }: Seen): boolean {
  return !is_bot && presence === "away";
}

/** `plays`: they plan in this round, as far as the game goes. A bot's plan is made at the round's end. */
export function progressOf(player: Seen, plays: boolean): Progress | null {
  const isKnown = player.has_plan !== undefined && player.ready !== undefined;
  if (!plays || !isKnown || player.is_bot || player.autopilot) return null;
  if (player.ready) return "ready";
  return player.has_plan ? "planned" : "planning";
}

/** How somebody is, as everybody may read it. `plays`: as for their progress. Who is away plans nothing. */
export function doingOf(player: Seen, plays: boolean): readonly Doing[] {
  const progress = progressOf(player, plays);
  if (!isAway(player)) return progress === null ? [] : [progress];
  return progress === null || progress === "planning"
    ? ["away"]
    : [progress, "away"];
}

/** "planned · away"; "" where there is nothing to say. */
export function doingWords(doing: readonly Doing[]): string {
  return doing.map((each) => t(`company-${each}`)).join(" · ");
}

/** They have done for this round what they mean to, and are here. */
export function isReady(doing: readonly Doing[]): boolean {
  return doing.length === 1 && doing[0] === "ready";
}

/** Whom the round waits for, in one sentence without an end: by name, unless it waits for you as well. "" where it waits for
 * nobody, or nothing is known. `ready`: you are, though the server may not have heard it yet. */
export function waitingWords(
  { waiting_for, players }: Waited,
  you: string | null,
  ready: boolean,
): string {
  const waited = players.filter(
    ({ player_id }) =>
      waiting_for?.includes(player_id) && !(ready && player_id === you),
  );
  if (waited.some(({ player_id }) => player_id === you))
    return waited.length === 1 ? t("company-waits-for-you") : "";
  const names = waited.map(({ display_name }) => display_name);
  if (names.length === 0) return "";
  const few = names.length <= NAMED_MAX ? names : names.slice(0, NAMED_MAX - 1);
  const rest = names.length - few.length;
  const more = rest > 0 ? [t("company-more", { count: rest })] : [];
  return t("company-waiting", { names: listed([...few, ...more]) });
}

/** What a host wants otherwise in the lobby, as the same form in which a game is made. Pure. */

import type { ChangeGame, GameInfo } from "$lib/wire";
import { newWish, requestOf, type Advanced, type Wish } from "../home/plans";
import { NEW_GAME, PRESETS } from "../lib/numbers";
import { usualRadius } from "./rules";

/** The form as it stands for a game that is there. Which seed it has, nobody is told before its end. */
export function wishOf(info: GameInfo): Wish {
  const { seats, bots, bot, preset, settings, public: open } = info;
  const seconds = settings.round_seconds;
  const usual = PRESETS[preset];
  return {
    ...newWish(),
    seats,
    bots,
    bot,
    preset,
    public: open,
    round_seconds: typeof seconds === "number" ? seconds : NEW_GAME.round_seconds,
    advanced: {
      radius: chosen(settings.radius, usualRadius(seats)),
      health: chosen(settings.health, usual.health),
      sight: chosen(settings.sight, usual.sight),
      collapse_first: chosen(settings.collapse_first, usual.collapse_first),
      away_after: chosen(settings.away_after, usual.away_after),
      // Of the labyrinth alone: who goes over to it finds it as it usually is.
      minotaur: preset !== "labyrinth" || settings.minotaur !== false,
      collapse: preset !== "labyrinth" || settings.collapse !== false,
      closed_gallery: settings.gallery === "closed",
      seed: null,
    },
  };
}

/** Only what was touched, so that what others changed meanwhile stays; null: nothing was. */
export function changeOf(before: Wish, after: Wish): ChangeGame | null {
  const change: ChangeGame = {};
  for (const name of ["seats", "bots", "round_seconds"] as const) {
    if (after[name] !== before[name]) change[name] = after[name];
  }
  if (after.bot !== before.bot) change.bot = after.bot;
  const settings = after.preset === before.preset ? settingsOf(before, after) : requestOf(after).settings;
  if (after.preset !== before.preset) change.preset = after.preset;
  if (settings !== undefined && Object.keys(settings).length > 0) change.settings = settings;
  return Object.keys(change).length === 0 ? null : change;
}

/** The rules that were touched; an emptied field is as it usually is. */
function settingsOf(before: Wish, after: Wish): Record<string, unknown> {
  const usual = { ...PRESETS[after.preset], radius: usualRadius(after.seats) };
  const wanted = (advanced: Advanced): Record<string, unknown> => ({
    radius: advanced.radius ?? usual.radius,
    health: advanced.health ?? usual.health,
    away_after: advanced.away_after ?? usual.away_after,
    gallery: advanced.closed_gallery ? "closed" : "delayed",
    ...(after.preset === "labyrinth" && {
      sight: advanced.sight ?? usual.sight,
      collapse_first: advanced.collapse_first ?? usual.collapse_first,
      minotaur: advanced.minotaur,
      collapse: advanced.collapse,
    }),
  });
  const was = wanted(before.advanced);
  return Object.fromEntries(Object.entries(wanted(after.advanced)).filter(([name, value]) => value !== was[name]));
}

function chosen(value: unknown, usual: number | undefined): number | null {
  return typeof value === "number" && value !== usual ? value : null;
}

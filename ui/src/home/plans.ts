/** What a person chooses when making a game, and the request it becomes. Pure. */

import type { BotKind, CreateGame, GameInfo, PresetName } from "$lib/wire";
import { BOUNDS, NEW_GAME, PRESETS, RADIUS, SEED_MAX } from "../lib/numbers";

/** How long a round may be chosen to last; the usual length is among them, whatever it is. */
export const ROUND_SECONDS: readonly number[] = [
  ...new Set([10, 20, 30, 60, 120, 600, 3_600, BOUNDS.round_seconds.greatest, NEW_GAME.round_seconds]),
].sort((one, other) => one - other);

/** The numbers one may change, as the rules bound them. A null keeps the preset's own. */
export interface Advanced {
  radius: number | null;
  health: number | null;
  sight: number | null;
  collapse_first: number | null;
  away_after: number | null;
  minotaur: boolean;
  collapse: boolean;
  closed_gallery: boolean;
  seed: number | null;
}

export interface Wish {
  seats: number;
  bots: number;
  bot: BotKind;
  round_seconds: number;
  preset: PresetName;
  /** Whoever looks for a game finds it. */
  public: boolean;
  advanced: Advanced;
}

export const ADVANCED_BOUNDS = {
  radius: BOUNDS.radius,
  health: BOUNDS.health,
  /** The rules take less, too: all in sight, or one's own hex alone. */
  sight: { ...BOUNDS.sight, least: 1 },
  collapse_first: BOUNDS.collapse_first,
  away_after: BOUNDS.away_after,
  seed: { least: 0, greatest: SEED_MAX },
} as const;

/** One tap on Play: you against three hunters. */
export const AGAINST_BOTS: CreateGame = { ...NEW_GAME, seats: 4, bots: 3, bot: "hunter", preset: "labyrinth" };

/** Whom one meets by a tap on Play, the mildest first. */
export const STRENGTHS: readonly BotKind[] = ["wanderer", "hunter", "strategist"];

/** One tap on Play, against bots of this kind. */
export function againstBots(bot: BotKind): CreateGame {
  return { ...AGAINST_BOTS, bot };
}

/** The same table once more, with bots in all other seats: as large, as strong, by the same rules. */
export function sameTable(game: Pick<GameInfo, "seats" | "bot" | "preset" | "settings">): CreateGame {
  const { seats, bot, preset, settings } = game;
  const usual: Record<string, unknown> = { ...PRESETS[preset], radius: (RADIUS as Record<number, number>)[seats] };
  const others = Object.entries(settings).filter(([name, value]) => name in usual && usual[name] !== value);
  const seconds = settings.round_seconds;
  const round_seconds = typeof seconds === "number" ? seconds : NEW_GAME.round_seconds;
  return { ...NEW_GAME, seats, bots: seats - 1, bot, preset, round_seconds, settings: Object.fromEntries(others) };
}

export function newWish(): Wish {
  return {
    ...NEW_GAME,
    advanced: {
      radius: null,
      health: null,
      sight: null,
      collapse_first: null,
      away_after: null,
      minotaur: true,
      collapse: true,
      closed_gallery: false,
      seed: null,
    },
  };
}

/** The first game on a device: two who stumble about, and time to read. */
export const FIRST_GAME: CreateGame = { ...AGAINST_BOTS, seats: 3, bots: 2, bot: "wanderer", round_seconds: 120 };

/** One seat is yours, so there are at most seats − 1 bots. */
export function withSeats(wish: Wish, seats: number): Wish {
  return { ...wish, seats, bots: Math.min(wish.bots, seats - 1) };
}

/** The request: only what differs from the preset is named, so the server's own numbers hold otherwise. */
export function requestOf(wish: Wish): CreateGame {
  const { advanced } = wish;
  const settings: Record<string, unknown> = {};
  for (const name of ["radius", "health", "collapse_first", "away_after"] as const) {
    if (advanced[name] !== null) settings[name] = advanced[name];
  }
  if (wish.preset === "labyrinth") {
    if (advanced.sight !== null) settings.sight = advanced.sight;
    if (!advanced.minotaur) settings.minotaur = false;
    if (!advanced.collapse) settings.collapse = false;
  } else {
    delete settings.collapse_first;
  }
  if (advanced.closed_gallery) settings.gallery = "closed";
  const { seats, bots, bot, round_seconds, preset, public: open } = wish;
  return {
    seats,
    bots,
    bot,
    round_seconds,
    preset,
    public: open,
    settings,
    ...(advanced.seed === null ? {} : { seed: advanced.seed }),
  };
}

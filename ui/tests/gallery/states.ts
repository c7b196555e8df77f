/** Moments of a game worth looking at, as the server would tell them. */

import { add, DIRECTIONS, distance, keyOf, type Hex } from "../../src/board/geometry";
import type { Character, PlayerSeen, PlanStep, ServerMessage, ShownEvent, View, ViewHex } from "../../src/lib/wire";

interface State {
  messages: (now_ms: number) => ServerMessage[];
  hangsUp?: boolean;
  /** The game was made with these. */
  settings?: Record<string, unknown>;
}

const NAMES = ["Ada", "Bo", "Hunter Ness", "Wanda", "Kit", "Noor", "Sunniva", "Ibrahim the Very Long"];

function players(count: number, change: Partial<Record<string, Partial<PlayerSeen>>> = {}): PlayerSeen[] {
  return NAMES.slice(0, count).map((display_name, i) => {
    const player_id = `p${i + 1}`;
    return {
      player_id,
      display_name,
      player_status: "playing",
      is_bot: i >= 2,
      autopilot: false,
      bot: i >= 2 ? "hunter" : null,
      presence: "here",
      has_plan: false,
      ready: false,
      ...change[player_id],
    };
  });
}

/** A made-up labyrinth around the hero, who is `away` from the lair; `walked` are the places the hero was at. */
function labyrinth(walked: readonly Hex[], away: Hex, radius: number, cracked: number, fallen: number): ViewHex[] {
  const floor = (place: Hex): boolean =>
    noise(add(place, away)) > 0.3 || walked.some((at) => distance(at, place) === 0);
  const seen = new Map<string, ViewHex>();
  for (const at of walked) {
    const lit = distance(at, { q: 0, r: 0 }) === 0;
    let edge: Hex[] = [at];
    const reached = new Set([keyOf(at)]);
    for (let step = 0; step <= 2; step += 1) {
      const next: Hex[] = [];
      for (const place of edge) {
        const ring = distance(add(place, away), { q: 0, r: 0 });
        const gone = ring > radius - fallen;
        seen.set(keyOf(place), {
          ...place,
          terrain: gone ? "chasm" : "floor",
          cracked: !gone && ring > radius - fallen - cracked,
          in_sight: lit || (seen.get(keyOf(place))?.in_sight ?? false),
        });
        if (gone) continue;
        for (const { vector } of DIRECTIONS) {
          const beside = add(place, vector);
          if (reached.has(keyOf(beside)) || distance(add(beside, away), { q: 0, r: 0 }) > radius) continue;
          reached.add(keyOf(beside));
          if (floor(beside)) {
            if (step < 2) next.push(beside);
          } else {
            const in_sight = lit || (seen.get(keyOf(beside))?.in_sight ?? false);
            seen.set(keyOf(beside), { ...beside, terrain: "rock", cracked: false, in_sight });
          }
        }
      }
      edge = next;
    }
  }
  return [...seen.values()];
}

/** An open field, all of it in sight, whose middle is `away`. */
function field(away: Hex, radius: number): ViewHex[] {
  const hexes: ViewHex[] = [];
  for (let q = -radius; q <= radius; q += 1)
    for (let r = -radius; r <= radius; r += 1) {
      if (Math.abs(q + r) <= radius)
        hexes.push({ q: q + away.q, r: r + away.r, terrain: "floor", cracked: false, in_sight: true });
    }
  return hexes;
}

function noise({ q, r }: Hex): number {
  const x = Math.sin(q * 12.9898 + r * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

function hero(id: string, q: number, r: number, health: number): Character {
  return { id, kind: "hero", q, r, health };
}

const MINOTAUR = (q: number, r: number, health = 20): Character => ({ id: "minotaur", kind: "minotaur", q, r, health });

interface Setting {
  round?: number;
  hexes?: ViewHex[];
  characters?: Character[];
  ap?: number;
  plan?: PlanStep[];
  ready?: boolean;
  count?: number;
  left_s?: number;
  change?: Partial<Record<string, Partial<PlayerSeen>>>;
}

const E: Hex = { q: 1, r: 0 };
const PATH: Hex[] = [
  { q: -3, r: 2 },
  { q: -2, r: 1 },
  { q: -1, r: 1 },
  { q: -1, r: 0 },
  { q: 0, r: 0 },
];
const AWAY: Hex = { q: 2, r: 1 };

function view(now_ms: number, setting: Setting): View {
  const characters = setting.characters ?? [hero("p1", 0, 0, 10)];
  return {
    agreements: null,
    seed_chosen: false,
    kept: [],
    waiting_for: [],
    over_why: null,
    game_status: "active",
    round: setting.round ?? 1,
    round_ends_at: new Date(now_ms + (setting.left_s ?? 24) * 1000).toISOString(),
    round_ms: 30_000,
    you: {
      player_id: "p1",
      health: characters.find(({ id }) => id === "p1")?.health ?? 10,
      ap: setting.ap ?? 2,
      player_status: "playing",
      autopilot: false,
      plan: setting.plan ?? [],
      ready: setting.ready ?? false,
    },
    hexes: setting.hexes ?? labyrinth([{ q: 0, r: 0 }], AWAY, 5, 0, 0),
    characters,
    players: players(setting.count ?? 4, setting.change),
    winner_id: null,
    viewer: "player",
    host_id: "p1",
    seats: setting.count ?? 4,
    shown_round: setting.round ?? 1,
  };
}

type Told = ShownEvent extends infer Event ? (Event extends { seq: number } ? Omit<Event, "seq"> : never) : never;

function numbered(events: readonly Told[], after = 0): ShownEvent[] {
  return events.map((event, i) => ({ ...event, seq: after + i + 1 }) as ShownEvent);
}

const STORY: Told[] = [
  { type: "game_started", round: 0, step: 0 },
  { type: "round_started", round: 1, step: 0 },
  { type: "pc_entered_hex", id: "p1", from_vector: { q: -1, r: 0 }, round: 1, step: 1 },
  { type: "noise", direction: "NE", round: 1, step: 2 },
  { type: "round_started", round: 2, step: 0 },
  { type: "pc_entered_hex", id: "p2", from_vector: { q: 0, r: -1 }, round: 2, step: 1 },
  { type: "pc_attacked", id: "p2", target_id: "p1", hit: true, damage: 3, missed: null, round: 2, step: 2 },
  { type: "pc_attacked", id: "p1", target_id: "p2", hit: true, damage: 3, missed: null, round: 2, step: 2 },
  { type: "pc_left_hex", id: "p2", to_vector: { q: 1, r: -1 }, round: 2, step: 3 },
  { type: "killed", id: "p4", by: ["minotaur"], round: 2, step: 2 },
  { type: "tremor", round: 2, step: 0 },
  { type: "round_started", round: 3, step: 0 },
  { type: "pc_bumped", id: "p1", vector: { q: 0, r: 1 }, round: 3, step: 1 },
  { type: "pc_attacked", id: "p1", target_id: "minotaur", hit: false, damage: 0, missed: null, round: 3, step: 2 },
  { type: "round_started", round: 4, step: 0 },
];

function welcomed(now_ms: number, shown: View, story: readonly Told[] = STORY): ServerMessage[] {
  const events = numbered(story);
  const seq = events.length;
  return [
    {
      type: "welcome",
      mark: "m",
      history: "same",
      seq: 0,
      view: shown,
      server_time: new Date(now_ms).toISOString(),
      resumed: true,
      log: [],
    },
    { type: "events", mark: "m", seq, events, view: shown, asides: [] },
  ];
}

const still = (setting: Setting): State => ({ messages: (now_ms) => welcomed(now_ms, view(now_ms, setting)) });

const LATE: Setting = {
  round: 4,
  ap: 4,
  hexes: labyrinth(PATH, AWAY, 5, 0, 0),
  characters: [hero("p1", 0, 0, 7), hero("p2", 1, -1, 4)],
  change: { p4: { player_status: "eliminated" }, p3: { autopilot: true } },
};

const CROWD: Setting = {
  ...LATE,
  count: 8,
  change: { p3: { autopilot: true } },
  characters: [
    hero("p1", 0, 0, 7),
    hero("p2", 0, 0, 4),
    hero("p3", 0, 0, 10),
    hero("p5", 0, 0, 1),
    hero("p4", 0, 0, 9),
    hero("p6", 0, 0, 9),
    hero("p7", 0, 0, 10),
    hero("p8", 0, 0, 6),
  ],
};

const step = (q: number, r: number): PlanStep => ({ type: "move", vector: { q, r } });

export const STATES: Record<string, State> = {
  early: { messages: (now_ms) => welcomed(now_ms, view(now_ms, {}), STORY.slice(0, 2)) },
  planned: still({ ...LATE, plan: [step(1, -1), { type: "attack", target_id: "p2" }, step(-1, 0), { type: "wait" }] }),
  late: still(LATE),
  crowd: still({ ...CROWD, plan: [{ type: "attack", target_id: "p2" }] }),
  minotaur: still({
    ...LATE,
    characters: [hero("p1", 0, 0, 3), MINOTAUR(-1, 0)],
    left_s: 4,
    plan: [step(1, 0)],
    ready: true,
  }),
  minotaurHere: still({ ...LATE, characters: [hero("p1", 0, 0, 3), MINOTAUR(0, 0, 14), hero("p3", 0, 0, 8)] }),
  edge: still({ ...LATE, hexes: labyrinth(PATH, { q: 3, r: 1 }, 5, 0, 0) }),
  cracked: still({ ...LATE, round: 7, hexes: labyrinth(PATH, { q: 3, r: 1 }, 5, 1, 0) }),
  collapsed: still({ ...LATE, round: 10, hexes: labyrinth(PATH, { q: 2, r: 1 }, 5, 1, 1) }),
  open: {
    settings: { preset: "classic", radius: 4, ap_gain: 1, ap_cap: 1, minotaur: false, sight: -1, collapse_first: 12 },
    ...still({
      ...LATE,
      ap: 1,
      hexes: field({ q: 3, r: 1 }, 4),
      characters: [hero("p1", 0, 0, 7), hero("p2", 5, -2, 10), hero("p3", 3, 3, 10)],
    }),
  },
  doomed: still({
    ...LATE,
    round: 8,
    hexes: labyrinth(PATH, { q: 3, r: 2 }, 5, 1, 0),
    characters: [hero("p1", 0, 0, 7), hero("p2", -1, 0, 4)],
  }),
  returns: still({ ...LATE, plan: [step(1, 0), step(-1, 0), step(1, -1)] }),
  strikes: still({
    ...LATE,
    characters: [hero("p1", 0, 0, 7), hero("p2", 0, 0, 10), MINOTAUR(0, 0, 13)],
    plan: [
      { type: "attack", target_id: "p2" },
      { type: "attack", target_id: "p2" },
      { type: "attack", target_id: "minotaur" },
    ],
  }),
  pending: still(LATE),
  away: { ...still({ ...LATE, plan: [step(1, -1)] }), hangsUp: true },
  telling: {
    messages: (now_ms) => {
      const before = view(now_ms, { ...LATE, characters: [hero("p1", 0, 0, 7), hero("p2", 0, 0, 4), MINOTAUR(-1, 0)] });
      const after = view(now_ms, {
        ...LATE,
        round: 5,
        hexes: labyrinth(
          [...PATH, E].map((at) => add(at, { q: -1, r: 0 })),
          add(AWAY, E),
          5,
          0,
          0,
        ),
        characters: [hero("p1", 0, 0, 4), MINOTAUR(-1, 0)],
        change: { p2: { player_status: "eliminated" }, p4: { player_status: "eliminated" } },
      });
      const round: Told[] = [
        { type: "pc_attacked", id: "p1", target_id: "p2", hit: true, damage: 3, missed: null, round: 4, step: 1 },
        { type: "pc_attacked", id: "p2", target_id: "p1", hit: false, damage: 0, missed: null, round: 4, step: 1 },
        { type: "pc_entered_hex", id: "minotaur", from_vector: { q: -1, r: 0 }, round: 4, step: 1 },
        { type: "pc_attacked", id: "minotaur", target_id: "p1", hit: true, damage: 3, missed: null, round: 4, step: 2 },
        { type: "pc_attacked", id: "p1", target_id: "p2", hit: true, damage: 3, missed: null, round: 4, step: 2 },
        { type: "killed", id: "p2", by: ["p1"], round: 4, step: 2 },
        { type: "pc_bumped", id: "p1", vector: { q: 0, r: 1 }, round: 4, step: 3 },
        { type: "pc_entered_hex", id: "p1", from_vector: { q: -1, r: 0 }, round: 4, step: 4 },
        { type: "round_started", round: 5, step: 0 },
      ];
      const events = numbered(round, STORY.length);
      return [
        ...welcomed(now_ms, before),
        { type: "events", mark: "m", seq: STORY.length + round.length, events, view: after, asides: [] },
      ];
    },
  },
  fallen: {
    messages: (now_ms) => {
      const before = view(now_ms, { ...LATE, characters: [hero("p1", 0, 0, 3), hero("p2", 0, 0, 4), MINOTAUR(0, 0)] });
      const after = view(now_ms, {
        ...LATE,
        round: 5,
        change: { p1: { player_status: "eliminated" }, p4: { player_status: "eliminated" } },
      });
      const you = after.you === null ? null : { ...after.you, player_status: "eliminated" as const, health: 0 };
      const round: Told[] = [
        { type: "pc_attacked", id: "minotaur", target_id: "p1", hit: true, damage: 4, missed: null, round: 4, step: 1 },
        { type: "killed", id: "p1", by: ["minotaur"], round: 4, step: 1 },
        { type: "round_started", round: 5, step: 0 },
      ];
      const shown: View = { ...after, you, hexes: [], characters: [], viewer: "spectator", shown_round: null };
      const seq = STORY.length + round.length;
      return [
        ...welcomed(now_ms, before),
        { type: "events", mark: "m", seq, events: numbered(round, STORY.length), view: shown, asides: [] },
      ];
    },
  },
  watching: {
    messages: (now_ms) => {
      const base = view(now_ms, { ...LATE, round: 7 });
      const hexes: ViewHex[] = [];
      for (let q = -5; q <= 5; q += 1)
        for (let r = -5; r <= 5; r += 1) {
          if (Math.abs(q + r) > 5) continue;
          const terrain = noise({ q, r }) > 0.3 || (q === 0 && r === 0) ? "floor" : "rock";
          const cracked = distance({ q, r }, { q: 0, r: 0 }) === 5 && terrain === "floor";
          hexes.push({ q, r, terrain, cracked, in_sight: true });
        }
      const you = base.you === null ? null : { ...base.you, player_status: "eliminated" as const, health: 0 };
      const characters = [hero("p2", 2, 1, 4), hero("p3", -2, 0, 8), MINOTAUR(0, 0)];
      const shown: View = { ...base, hexes, you, characters, viewer: "spectator", shown_round: 4 };
      return welcomed(now_ms, shown);
    },
  },
};

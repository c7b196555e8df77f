/** The labyrinth of the front page: hex pillars around one torch, as flat polygons in painter's order.
 *
 * Light walks like sight does in the game: it goes from floor to floor and loses strength with every step, so
 * corridors glow and the rest is dark. Nothing here is random: the same seed gives the same picture.
 */

export interface Polygon {
  readonly points: string;
  readonly fill: string;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  /** What stands behind the torch bearer, back to front. */
  readonly behind: readonly Polygon[];
  /** What stands in front of them. */
  readonly before: readonly Polygon[];
  readonly torch: Spot;
  readonly beast: Spot;
}

interface Cell {
  readonly q: number;
  readonly r: number;
}

type Rgb = readonly [number, number, number];

const SIZE = 40; // corner radius of a hex, in picture units
const SQUASH = 0.6; // the floor is seen from above, at a slant
const HEIGHT = 46; // of a rock pillar
const COLUMNS = 15;
const ROWS = 12;
const REACH = 7; // steps the torch light walks

const DARK: Rgb = [18, 15, 13];
const FLOOR_FAR: Rgb = [34, 29, 25];
const FLOOR_NEAR: Rgb = [190, 124, 56];
const TOP_FAR: Rgb = [27, 23, 20];
const TOP_NEAR: Rgb = [74, 60, 47];
const SIDE_NEAR: Rgb = [150, 92, 42];

const NEIGHBOURS: readonly Cell[] = [
  { q: 1, r: 0 },
  { q: 0, r: 1 },
  { q: -1, r: 1 },
  { q: -1, r: 0 },
  { q: 0, r: -1 },
  { q: 1, r: -1 },
];

/** No pillar stands here as seen from the torch: it would hide the hero. */
const BESIDE: readonly Cell[] = [...NEIGHBOURS.slice(0, 3), { q: -1, r: 2 }];

export function picture(seed: number, torchAt: Cell, beastAt: Cell): Picture {
  const cells = allCells();
  const inside = new Set(cells.map(key));
  const clear = new Set([torchAt, beastAt, ...BESIDE.map((beside) => plus(torchAt, beside))].map(key));
  const isRock = (cell: Cell) => !clear.has(key(cell)) && chance(seed, cell) < 0.37;
  const light = walkLight(torchAt, (cell) => inside.has(key(cell)) && !isRock(cell));
  const torch = centre(torchAt);

  const behind: Polygon[] = [];
  const before: Polygon[] = [];
  for (const cell of cells) {
    const target = cell.r > torchAt.r ? before : behind;
    const grain = 0.9 + 0.2 * chance(seed + 1, cell);
    if (isRock(cell)) target.push(...pillar(cell, lightAround(cell, light), torch, grain));
    else behind.push(floorTile(cell, light.get(key(cell)) ?? 0, grain));
  }
  return { behind, before, torch, beast: centre(beastAt) };
}

function allCells(): Cell[] {
  const cells: Cell[] = [];
  for (let r = 0; r < ROWS; r++) {
    for (let column = 0; column < COLUMNS; column++) cells.push({ q: column - Math.floor(r / 2), r });
  }
  return cells;
}

/** Brightness 0..1 of every floor hex the light reaches. */
function walkLight(from: Cell, isFloor: (cell: Cell) => boolean): Map<string, number> {
  const light = new Map<string, number>([[key(from), 1]]);
  let edge = [from];
  for (let step = 1; step <= REACH; step++) {
    const next: Cell[] = [];
    for (const cell of edge) {
      for (const n of NEIGHBOURS) {
        const there = plus(cell, n);
        if (light.has(key(there)) || !isFloor(there)) continue;
        light.set(key(there), Math.pow(1 - step / (REACH + 1), 1.9));
        next.push(there);
      }
    }
    edge = next;
  }
  return light;
}

function lightAround(cell: Cell, light: Map<string, number>): number {
  return Math.max(0, ...NEIGHBOURS.map((n) => light.get(key(plus(cell, n))) ?? 0));
}

function floorTile(cell: Cell, brightness: number, grain: number): Polygon {
  const base = brightness > 0 ? mix(FLOOR_FAR, FLOOR_NEAR, brightness) : mix(DARK, FLOOR_FAR, 0.45);
  return { points: corners(centre(cell), SIZE - 2), fill: css(base, grain) };
}

/** A pillar: the two sides that face us, lit if they face the torch, and its top. */
function pillar(cell: Cell, brightness: number, torch: Spot, grain: number): Polygon[] {
  const foot = centre(cell);
  const at = (corner: number, up: number) => {
    const [x, y] = cornerOf(foot, SIZE + 0.4, corner);
    return `${x.toFixed(1)},${(y - up).toFixed(1)}`;
  };
  const towards = Math.atan2((torch.y - foot.y) / SQUASH, torch.x - foot.x);
  const side = (first: number, normal: number): Polygon => {
    const facing = Math.max(0, Math.cos(towards - normal));
    const base = mix(DARK, SIDE_NEAR, brightness * facing * 0.95);
    return {
      points: [at(first, 0), at(first + 1, 0), at(first + 1, HEIGHT), at(first, HEIGHT)].join(" "),
      fill: css(base, grain),
    };
  };
  const top = mix(mix(DARK, TOP_FAR, 0.7), TOP_NEAR, brightness * 0.8);
  return [
    side(0, Math.PI / 3), // south-east
    side(1, (2 * Math.PI) / 3), // south-west
    { points: corners({ x: foot.x, y: foot.y - HEIGHT }, SIZE + 0.4), fill: css(top, grain) },
  ];
}

function centre(cell: Cell): Spot {
  return { x: SIZE * Math.sqrt(3) * (cell.q + cell.r / 2), y: SIZE * 1.5 * cell.r * SQUASH };
}

/** Corner 0 is the south-east one (30°), then clockwise on the screen. */
function cornerOf(spot: Spot, size: number, corner: number): [number, number] {
  const angle = (Math.PI / 180) * (30 + 60 * corner);
  return [spot.x + size * Math.cos(angle), spot.y + size * Math.sin(angle) * SQUASH];
}

function corners(spot: Spot, size: number): string {
  return [0, 1, 2, 3, 4, 5]
    .map((corner) =>
      cornerOf(spot, size, corner)
        .map((n) => n.toFixed(1))
        .join(","),
    )
    .join(" ");
}

function key(cell: Cell): string {
  return `${cell.q},${cell.r}`;
}

function plus(a: Cell, b: Cell): Cell {
  return { q: a.q + b.q, r: a.r + b.r };
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

function css(colour: Rgb, grain: number): string {
  return `rgb(${colour.map((part) => Math.min(255, Math.round(part * grain))).join(" ")})`;
}

/** A fixed number in 0..1 for each cell (an integer mixer). */
function chance(seed: number, cell: Cell): number {
  let h = Math.imul(cell.q + 101, 0x9e3779b1) ^ Math.imul(cell.r + 57, 0x85ebca77) ^ Math.imul(seed, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

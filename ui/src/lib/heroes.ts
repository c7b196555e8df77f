/** How each hero looks, by seat: a hue and a shape, so that neither colour nor form alone has to tell them apart. */

import { t } from "$parts/catalogue/catalogue";
import { SEATS } from "./numbers";

export interface Badge {
  /** 1 to 8, as in "p1". */
  readonly seat: number;
  /** The colour's role in theme.css, ready for `fill` or `color`. */
  readonly hue: string;
  readonly shape: Shape;
  /** The SVG path of the shape around (0, 0), reaching about 10 units from it. */
  readonly path: string;
  /** What a person would call it: "blue circle". */
  readonly words: string;
}

export type Shape = "circle" | "triangle" | "square" | "diamond" | "star" | "cross" | "pentagon" | "drop";

export const SEATS_MAX = SEATS.greatest;

const SHAPES: readonly { shape: Shape; path: string }[] = [
  { shape: "circle", path: "M0 -9.4A9.4 9.4 0 1 1 0 9.4A9.4 9.4 0 1 1 0 -9.4Z" },
  { shape: "triangle", path: "M0 -10.6L10.4 7.6H-10.4Z" },
  { shape: "square", path: "M-8.4 -8.4H8.4V8.4H-8.4Z" },
  { shape: "diamond", path: "M0 -11.4L9.4 0L0 11.4L-9.4 0Z" },
  { shape: "star", path: star(5, 11.6, 5.4) },
  { shape: "cross", path: "M-3.6 -10H3.6V-3.6H10V3.6H3.6V10H-3.6V3.6H-10V-3.6H-3.6Z" },
  { shape: "pentagon", path: polygon(5, 10.6) },
  {
    shape: "drop",
    path: "M0 -12C3.4 -6.4 8.4 -2.4 8.4 3A8.4 8.4 0 0 1 -8.4 3C-8.4 -2.4 -3.4 -6.4 0 -12Z",
  },
];

/** The badge of a seat. `playerId` is "p1" to "p8"; anything else is a bug in the caller. */
export function badgeOf(playerId: string): Badge {
  const seat = seatOf(playerId);
  const look = SHAPES[seat - 1];
  if (look === undefined) throw new Error(`no seat is called ${playerId}`);
  return {
    seat,
    hue: `var(--hero-${seat})`,
    shape: look.shape,
    path: look.path,
    words: t(`badge-${look.shape}`),
  };
}

/** The number in a player's id: 1 for "p1". NaN if it is none. */
export function seatOf(playerId: string): number {
  return Number(/^p([1-8])$/.exec(playerId)?.[1] ?? NaN);
}

function polygon(corners: number, radius: number): string {
  return around(corners, () => radius);
}

function star(points: number, outer: number, inner: number): string {
  return around(points * 2, (corner) => (corner % 2 === 0 ? outer : inner));
}

function around(corners: number, radiusAt: (corner: number) => number): string {
  const places = Array.from({ length: corners }, (_, corner) => {
    const angle = (corner / corners) * 2 * Math.PI - Math.PI / 2;
    const radius = radiusAt(corner);
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${places.join("L")}Z`;
}

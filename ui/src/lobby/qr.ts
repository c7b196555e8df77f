/** A QR code as one SVG path. */

import { encode } from "uqr";

export interface Qr {
  /** Modules along one side, the quiet border included. */
  readonly size: number;
  readonly path: string;
}

export function qrOf(text: string): Qr {
  const { data, size } = encode(text, { border: 2, ecc: "M" });
  const path: string[] = [];
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path.push(`M${x} ${y}h1v1h-1z`);
    });
  });
  return { size, path: path.join("") };
}

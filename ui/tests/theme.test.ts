/** Every theme can be read: what its roles come to, as contrast (WCAG 2.1). */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { choiceOf, themeOf } from "../src/theme/theme";

const STYLE = readFileSync(join(import.meta.dirname, "../src/theme.css"), "utf-8");

type Roles = Readonly<Record<string, string>>;

function block(selector: string): Roles {
  const from = STYLE.indexOf(`${selector} {`);
  expect(from, `no block ${selector}`).toBeGreaterThan(-1);
  const body = STYLE.slice(from, STYLE.indexOf("\n}", from));
  return Object.fromEntries(
    [...body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{3,6})/g)].map(([, role, value]) => [role, value]),
  );
}

const DARK = block(":root,\n.room");
const LIGHT = { ...DARK, ...block(':root[data-theme="light"]') };
const CONTRAST = { ...DARK, ...block(':root[data-theme="contrast"],\n:root[data-theme="contrast"] .room') };

function luminance(hex: string): number {
  const long = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const parts = [0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(roles: Roles, one: string, other: string): number {
  const [bright = 0, dim = 0] = [one, other]
    .map((role) => luminance(roles[role] ?? expect.fail(`no role ${role}`)))
    .sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const GROUNDS = ["ground", "ground-raised", "ground-sunken"];
const TEXT = ["ink", "ink-soft", "torch", "torch-lit", "blood-ink", "moss"].flatMap((ink) =>
  GROUNDS.map((ground) => [ink, ground] as const),
);
const WRITTEN = [
  ...TEXT,
  ["ink", "stone"],
  ["ink-soft", "stone"],
  ["torch-ink", "torch"],
  ["torch-ink", "torch-lit"],
  ["amber-ink", "amber"],
  ["moss-ink", "moss"],
  ["plate-ink", "plate"],
  ["plate-ink", "blood-deep"],
  ["dark-ink", "dark"],
  ["dark-soft", "dark"],
] as const;
const MEANING = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((seat) => GROUNDS.map((ground) => [`hero-${seat}`, ground] as const)),
  ["blood", "ground"],
  ["flame", "ground"],
  ["flame", "ground-raised"],
  ["line-strong", "ground"],
  ["line-strong", "ground-raised"],
] as const;
/** On the board, which is a room. */
const IN_ROOMS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seat) => [`hero-${seat}`, "token"] as const),
  ["stone-edge", "ground"],
  ["stone-lit-edge", "ground"],
  ["rock-edge", "ground"],
  ["chasm-rim", "ground"],
  ["chasm-rim", "chasm"],
  ["torch", "stone-lit"],
  ["blood", "plate"],
  ["blood-ink", "plate"],
] as const;

describe.each([
  ["dark", DARK, 4.5],
  ["light", LIGHT, 4.5],
  ["contrast", CONTRAST, 7],
] as const)("%s", (_, roles, least) => {
  test.each(WRITTEN)(`%s is read on %s`, (ink, ground) => {
    expect(contrast(roles, ink, ground)).toBeGreaterThanOrEqual(ground === "blood-deep" ? 4.5 : least);
  });

  test.each(MEANING)("%s is told from %s", (one, other) => {
    expect(contrast(roles, one, other)).toBeGreaterThanOrEqual(3);
  });
});

describe.each([
  ["dark and light", DARK],
  ["contrast", CONTRAST],
] as const)("a room in %s", (_, roles) => {
  test.each(IN_ROOMS)("%s is told from %s", (one, other) => {
    expect(contrast(roles, one, other)).toBeGreaterThanOrEqual(3);
  });
});

test("the device's wish holds until something is chosen, a need of contrast before a liking", () => {
  expect(themeOf("system", { light: true, contrast: false })).toBe("light");
  expect(themeOf("system", { light: true, contrast: true })).toBe("contrast");
  expect(themeOf("system", { light: false, contrast: false })).toBe("dark");
  expect(themeOf("dark", { light: true, contrast: true })).toBe("dark");
});

test("what somebody else kept there is no choice", () => {
  expect(choiceOf("sepia")).toBe("system");
  expect(choiceOf("light")).toBe("light");
});

/** How long a round still takes, as a ring and a number. Pure. */

import { t } from "./catalogue/catalogue";
import { spanOf } from "./catalogue/formats";

/** The number in the ring: whole seconds below a minute and a half, "12:05" below an hour, then hours and days. */
export function shortSpan(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 90) return String(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? t("time-short-h", { count: hours })
    : t("time-short-d", { count: Math.floor(hours / 24) });
}

/** The same for a screen reader. */
export function spokenSpan(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 90) return spanOf(seconds, "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return spanOf(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? spanOf(hours, "hour")
    : spanOf(Math.round(hours / 24), "day");
}

/** What part of the ring is still burning. */
export function partLeft(left_ms: number, whole_ms: number): number {
  return whole_ms <= 0 ? 0 : Math.min(1, Math.max(0, left_ms / whole_ms));
}

/** Spans of time in words. */

import { t } from "./catalogue/catalogue";
import { spanOf, type Unit } from "./catalogue/formats";

/** "30 seconds", "2 minutes", "1 hour", "1 day": the largest unit that fits without a rest. */
export function spanWords(seconds: number): string {
  const units: [number, Unit][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ];
  for (const [length, unit] of units) {
    if (seconds >= length && seconds % length === 0)
      return spanOf(seconds / length, unit);
  }
  return spanOf(seconds, "second");
}

/** "45 s left", "3 min left", "5 h left", "2 days left"; "any moment" when it is over or almost. */
export function leftWords(left_ms: number): string {
  const seconds = Math.ceil(left_ms / 1000);
  if (seconds <= 0) return t("time-any-moment");
  if (seconds < 100) return t("time-left-s", { count: seconds });
  if (seconds < 6_000)
    return t("time-left-min", { count: Math.round(seconds / 60) });
  if (seconds < 48 * 3_600)
    return t("time-left-h", { count: Math.round(seconds / 3_600) });
  return t("time-left-days", { count: Math.round(seconds / 86_400) });
}

/** Spans of time in words. */

/** "30 seconds", "2 minutes", "1 hour", "1 day": the largest unit that fits without a rest. */
export function spanWords(seconds: number): string {
  const units: [number, string][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ];
  for (const [length, name] of units) {
    if (seconds >= length && seconds % length === 0)
      return counted(seconds / length, name);
  }
  return counted(seconds, "second");
}

/** "45 s left", "3 min left", "5 h left", "2 days left"; "any moment" when it is over or almost. */
export function leftWords(left_ms: number): string {
  const seconds = Math.ceil(left_ms / 1000);
  if (seconds <= 0) return "any moment";
  if (seconds < 100) return `${seconds} s left`;
  if (seconds < 6_000) return `${Math.round(seconds / 60)} min left`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h left`;
  return `${Math.round(seconds / 86_400)} days left`;
}

/** "1 player", "3 players". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

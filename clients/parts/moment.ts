/** A moment of a game that is over, as its address has it: `?round=3&step=2&as=p1`. */

export interface Moment {
  readonly round: number;
  /** Which part of the round, for games that have parts. */
  readonly step?: number;
  /** Through whose eyes: a seat. Left out: everything is seen. */
  readonly as?: string;
}

const DIGITS = /^\d{1,6}$/;

/** Null where no moment is named. What is no number, or no seat, is as if it were not there. */
export function momentOf(search: string): Moment | null {
  const asked = new URLSearchParams(search);
  const round = numberOf(asked.get("round"));
  const step = numberOf(asked.get("step"));
  const as = asked.get("as");
  if (round === null && as === null) return null;
  return {
    round: round ?? 0,
    ...(step === null ? {} : { step }),
    ...(as === null || as === "" ? {} : { as }),
  };
}

export function searchOf({ round, step, as }: Moment): string {
  const asked = new URLSearchParams({ round: String(round) });
  if (step !== undefined) asked.set("step", String(step));
  if (as !== undefined) asked.set("as", as);
  return `?${asked}`;
}

/** Where among moments in their order the one lies that was asked for: itself, or the last before it, or the first.
 * So an address with numbers that the game never reached leads to its end, and none leads nowhere. */
export function placeIn(
  moments: readonly { readonly round: number; readonly step?: number }[],
  { round, step }: Moment,
): number {
  const found = moments.findLastIndex(
    (each) =>
      each.round < round ||
      (each.round === round && (each.step ?? 0) <= (step ?? 0)),
  );
  return Math.max(0, found);
}

function numberOf(text: string | null): number | null {
  return text !== null && DIGITS.test(text) ? Number(text) : null;
}

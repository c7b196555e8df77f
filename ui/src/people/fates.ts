/** What Minotaur says became of a hero. */

const FATES: Readonly<Record<string, string>> = {
  won: "the last hero standing",
  survived: "still standing",
  resigned: "gave up",
  minotaur: "felled by the Minotaur",
  hero: "felled by a hero",
  collapse: "fell into a chasm",
  lair: "consumed by the lair",
};

/** A server of a later release may have words of which this page knows none. */
export function fateWords(fate: string): string {
  return FATES[fate] ?? fate;
}

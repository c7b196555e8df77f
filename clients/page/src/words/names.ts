/** Words for a person out of names in code. */

/** "lots_left", "lotsLeft" and "LotsLeft" become "Lots left"; "HTTPCode" becomes "HTTP code". */
export function labelOf(name: string): string {
  const words = lowerWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The same for the middle of a sentence: "lots left". */
export function lowerWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .filter((word) => word !== "")
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

/** Lists, numbers, spans and moments as the page's language writes them: by `Intl`, which knows them all. */

import { called, language, isRightToLeft } from "./catalogue";
import { isolated } from "./isolating";

export type Unit = "day" | "hour" | "minute" | "second";

/** The spoken language, in the region that the browser is set to where there is one: an Austrian's January is "Jänner". */
export function locale(): string {
  const spoken = language();
  const own = typeof navigator === "undefined" ? [] : navigator.languages;
  return own.find((tag) => tag.split("-")[0] === spoken) ?? spoken;
}

/** "Ada, Bo and Cy", each of them kept from turning the others round. */
export function listed(names: readonly string[]): string {
  const apart = names.map((name) => isolated(called(name), isRightToLeft()));
  return lists().format(apart);
}

/** The same of what is more than text: the things, and what stands between them. */
export function listedWith<T>(things: readonly T[]): readonly (T | string)[] {
  return lists()
    .formatToParts(things.map((_, at) => String(at)))
    .map(({ type, value }) =>
      type === "element" ? things[Number(value)]! : value,
    );
}

/** "3 minutes". */
export function spanOf(count: number, unit: Unit): string {
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(count);
}

/** How English is written here: no comma before "and". */
const LISTED_AS: Readonly<Record<string, string>> = { en: "en-GB" };

function lists(): Intl.ListFormat {
  return new Intl.ListFormat(LISTED_AS[language()] ?? language());
}

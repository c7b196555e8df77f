/** Minotaur's own English, for a page that an older release served and whose script came from us. */

import { knowInEnglish } from "$parts/catalogue/catalogue";

const TEXTS = import.meta.glob<string>("../../src/minotaur/texts/en/*.ftl", {
  eager: true,
  query: "?raw",
  import: "default",
});

knowInEnglish(Object.values(TEXTS).join("\n"));

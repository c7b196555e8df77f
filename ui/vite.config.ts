import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { MINOTAURS, spokenByVite } from "../clients/parts/catalogue/texts";

/** Where `minotaur serve` runs while the UI is worked on with `npm run dev`. */
const SERVER = process.env.MINOTAUR_URL ?? "http://127.0.0.1:8765";

/** The client is built into the pages from its sources, so that there is nothing to build before them. */
const CLIENT = fileURLToPath(new URL("../clients/ts/src", import.meta.url));
/** What this page has in common with the other one. */
const PARTS = fileURLToPath(new URL("../clients/parts", import.meta.url));

/** English, for a page whose server put no language into it. */
const TEXTS = fileURLToPath(new URL("../src/clew/catalogue/texts", import.meta.url));

export default defineConfig({
  plugins: [svelte(), spokenByVite(MINOTAURS)],
  resolve: {
    alias: {
      $lib: fileURLToPath(new URL("./src/lib", import.meta.url)),
      "@clew/client/testing": `${CLIENT}/testing.ts`,
      "@clew/client": `${CLIENT}/index.ts`,
      $parts: PARTS,
    },
    // The common parts lie outside, and have no modules of their own.
    dedupe: ["svelte", "@fluent/bundle", "@simplewebauthn/browser"],
    // The tests run the client's half of Svelte, as the browser does.
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  build: {
    outDir: fileURLToPath(new URL("../src/minotaur/web/static", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // One script and one style, which the server puts into the page: what were loaded later would be asked of a node that,
    // after a deploy, may not have it. Fonts are files of their own; without one a page is still read.
    rolldownOptions: { output: { codeSplitting: false } },
    assetsInlineLimit: 0,
  },
  server: {
    host: "127.0.0.1",
    fs: { allow: [fileURLToPath(new URL(".", import.meta.url)), CLIENT, PARTS, TEXTS, MINOTAURS] },
    proxy: {
      "/api": { target: SERVER, ws: true, changeOrigin: true },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    environment: "node",
    setupFiles: [`${PARTS}/catalogue/spoken.setup.ts`],
  },
});

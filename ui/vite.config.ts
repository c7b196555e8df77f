import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** Where `minotaur serve` runs while the UI is worked on with `npm run dev`. */
const SERVER = process.env.MINOTAUR_URL ?? "http://127.0.0.1:8765";

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    alias: { $lib: fileURLToPath(new URL("./src/lib", import.meta.url)) },
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
    proxy: {
      "/api": { target: SERVER, ws: true, changeOrigin: true },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    environment: "node",
  },
});

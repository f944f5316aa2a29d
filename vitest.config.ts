import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vitest/config";
import { textExtensions } from "./bundle.config.js";

const textFile = new RegExp(`\\.(${textExtensions.join("|")})$`);

/** Loads the files that src/text-modules.d.ts declares as their text, as the bundler does. */
const textModules: Plugin = {
  name: "text-modules",
  enforce: "pre",
  async load(id) {
    if (!textFile.test(id)) return null;
    return `export default ${JSON.stringify(await readFile(id, "utf8"))};`;
  },
};

export default defineConfig({
  plugins: [textModules],
  resolve: {
    // The bundled build: chevrotain's own entry loads hundreds of lodash files.
    alias: {
      chevrotain: fileURLToPath(new URL("node_modules/chevrotain/lib/chevrotain.mjs", import.meta.url)),
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    // Processes, not threads: Dawn's native state must not be shared.
    pool: "forks",
    maxWorkers: 2,
    // Generous, so that a loaded machine does not fail what only takes longer there.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: { include: ["src/**/*.ts"] },
  },
});

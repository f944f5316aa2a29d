// Bundles the command line and the Node API into dist/. Bundling is what keeps `weft` starting fast: chevrotain
// alone takes several times as long to load from node_modules.
// `--if-installed`: where esbuild is absent (`npm ci --omit=dev`), say so and succeed.
import { chmod, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundling } from "./bundle.config.js";

const root = fileURLToPath(new URL(".", import.meta.url));

/** @returns {Promise<typeof import("esbuild") | undefined>} */
async function loadEsbuild() {
  try {
    return await import("esbuild");
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    if (absent && process.argv.includes("--if-installed")) return undefined;
    throw error;
  }
}

const esbuild = await loadEsbuild();
if (esbuild === undefined) {
  console.log("weft: esbuild is not installed, so the build is skipped");
} else {
  await rm(`${root}dist`, { recursive: true, force: true });
  await esbuild.build({
    ...bundling,
    legalComments: "linked",
    entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
    outdir: "dist",
    // What is imported dynamically becomes a file of its own, read only when a command needs it.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  });
  await chmod(`${root}dist/cli.js`, 0o755);
}

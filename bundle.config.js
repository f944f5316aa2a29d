// How everything is bundled: texts are imported as strings, and CommonJS dependencies find `require`.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Names of files that are imported as their text; src/text-modules.d.ts declares the same. */
export const textExtensions = [
  "wgsl",
  "weft",
  "md",
  "h",
  "cuh",
  "cu",
  "cpp",
  "sh",
  "txt",
  "cmake",
  "clang-format",
];

/** @type {import("esbuild").BuildOptions} */
export const bundling = {
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Optional peers, imported only when a plan is executed; and what finds its WebAssembly beside itself.
  external: ["webgpu", "@sparticuz/chromium", "@wasm-fmt/clang-format", "highs"],
  loader: Object.fromEntries(textExtensions.map((extension) => [`.${extension}`, "text"])),
  logLevel: "warning",
  // CommonJS dependencies call `require` for Node's own modules, which an ESM bundle lacks.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

/**
 * Bundles a module of the tests and runs its `main` with this process's arguments; what it returns is the exit code.
 * @param {string} entry
 */
export async function runBundled(entry) {
  const { build } = await import("esbuild");
  // Beneath this folder, so that packages which are not bundled are found.
  const out = join(bundling.absWorkingDir ?? ".", "out");
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(join(out, "bundle-"));
  try {
    const outfile = join(folder, "main.js");
    await build({ ...bundling, entryPoints: [entry], outfile, sourcemap: "inline" });
    const { main } = await import(pathToFileURL(outfile).href);
    process.exitCode = await main(process.argv.slice(2));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

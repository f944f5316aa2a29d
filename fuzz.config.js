// Starts the fuzzer: bundles it like the command line, so that texts can be imported, and runs it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = await mkdtemp(join(tmpdir(), "weft-fuzz-"));
try {
  await build({
    entryPoints: [fileURLToPath(new URL("test/fuzz/main.ts", import.meta.url))],
    outfile: join(folder, "main.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    external: ["webgpu", "@sparticuz/chromium"],
    loader: { ".wgsl": "text", ".weft": "text", ".md": "text" },
    logLevel: "warning",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  const { main } = /** @type {typeof import("./test/fuzz/main.js")} */ (
    await import(pathToFileURL(join(folder, "main.js")).href)
  );
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}

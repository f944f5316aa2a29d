// Bundles the mutation tests of the verifier, as the command line is bundled, and runs them: `npm run mutation`.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const outfile = `${root}out/mutation/main.js`;

await build({
  absWorkingDir: root,
  entryPoints: ["test/verify/mutation/main.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["webgpu", "@sparticuz/chromium"],
  loader: { ".wgsl": "text", ".weft": "text", ".md": "text" },
  logLevel: "warning",
  sourcemap: "inline",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
await import(pathToFileURL(outfile).href);

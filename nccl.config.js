// Makes an NCCL_HOME of NCCL's real headers and a stub to link against: `npm run nccl-headers`. Bundled as the command line is.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const outfile = `${root}out/nccl/main.js`;

await build({
  absWorkingDir: root,
  entryPoints: ["test/nccl/main.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
const { main } = /** @type {typeof import("./test/nccl/main.js")} */ (
  await import(pathToFileURL(outfile).href)
);
process.exitCode = await main(`${root}.cache/nccl`);

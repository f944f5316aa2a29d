// Bundles the mutation tests of the verifier, as the command line is bundled, and runs them: `npm run mutation`.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundling } from "./bundle.config.js";

const root = fileURLToPath(new URL(".", import.meta.url));
const outfile = `${root}out/mutation/main.js`;

await build({ ...bundling, entryPoints: ["test/verify/mutation/main.ts"], outfile, sourcemap: "inline" });
await import(pathToFileURL(outfile).href);

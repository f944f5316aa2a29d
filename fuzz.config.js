// Starts the fuzzer: `npm run fuzz`.
import { runBundled } from "./bundle.config.js";

await runBundled("test/fuzz/main.ts");

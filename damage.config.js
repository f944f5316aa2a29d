// Damages emitted programs and lets the emulation look for it: `npm run damage`.
import { runBundled } from "./bundle.config.js";

await runBundled("test/emit/cuda/damage/main.ts");

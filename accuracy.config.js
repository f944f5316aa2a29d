// Holds predictions against measurements that others made: `npm run accuracy -- --facts DIR`.
import { runBundled } from "./bundle.config.js";

await runBundled("test/accuracy/main.ts");

// Makes an NCCL_HOME of NCCL's real headers and a stub to link against: `npm run nccl-headers`.
import { runBundled } from "./bundle.config.js";

await runBundled("test/nccl/main.ts");

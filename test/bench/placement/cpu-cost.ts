// CPU time of placing, away from the bench's own process, whose modules are not bundled and whose heap is full of samples.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { bundling } from "../../../bundle.config.js";
import type { Requirement } from "./required.js";
import { mean } from "./summary.js";

export interface CpuCost {
  /** Of the first call in the process. */
  readonly coldMs: number;
  /** Of each case's calls after its first, the quicker of two: other work of the machine does not count. */
  readonly warm: readonly { readonly name: string; readonly ms: number }[];
}

/** Most CPU milliseconds for 58 layers, by GPUs. */
const LIMITS_MS = new Map([
  [32, 100],
  [144, 300],
]);

/** Holds what placing costs against the limits, once everything is compiled. */
export function cpuRequirements(): Requirement[] {
  const folder = mkdtempSync(join(tmpdir(), "weft-placement-"));
  try {
    const outfile = join(folder, "main.mjs");
    const entry = fileURLToPath(new URL("./cpu-main.ts", import.meta.url));
    buildSync({ ...bundling, entryPoints: [entry], outfile });
    return [...LIMITS_MS].map(([gpus, limit]) => {
      const printed = execFileSync(process.execPath, [outfile, String(gpus)], { encoding: "utf8" });
      return requirementOf(JSON.parse(printed) as CpuCost, gpus, limit);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function requirementOf({ coldMs, warm }: CpuCost, gpus: number, limit: number): Requirement {
  const worst = warm.reduce((most, each) => (each.ms > most.ms ? each : most));
  const average = mean(warm.map(({ ms }) => ms));
  return {
    name: `58 layers at ${String(gpus)} GPUs in at most ${String(limit)} ms of CPU time, after one call`,
    measured: `${average.toFixed(0)} ms, at most ${worst.ms.toFixed(0)} (${worst.name}); the first call of a process ${coldMs.toFixed(0)} ms`,
    met: worst.ms <= limit,
  };
}

// Schedules of all-to-alls beside their bound: every candidate's time, stages and bytes, and the choice. Then what is required of
// stages between nodes, and of compiling with proof. EXCHANGE_CASES="uniform@64/4096" tries a few cases alone; `slow` in it adds
// those of 1,024 and 2,048 GPUs, a minute or more each.
import { bench } from "vitest";
import { parametersOf } from "../../src/cost/index.js";
import { scheduleExchange } from "../../src/exchange/schedule.js";
import { stagesOf } from "../../src/exchange/stages/stages.js";
import { verifyExchange } from "../../src/verify/exchange/verify-exchange.js";
import { machineOf } from "../exchange/plans.js";
import { demandKinds, ROW_BYTES, rowsOf, type DemandKind } from "./exchange/demands.js";

const clusters = [
  { gpus: 8, ranksPerNode: 8 },
  { gpus: 24, ranksPerNode: 6 },
  { gpus: 64, ranksPerNode: 8 },
  { gpus: 144, ranksPerNode: 72 },
  { gpus: 320, ranksPerNode: 8 },
  { gpus: 1024, ranksPerNode: 8 },
  { gpus: 2048, ranksPerNode: 8 },
];
const volumes = [128, 4096, 32_768];
/** GPUs from which a case takes long. */
const SLOW = 1024;

const wanted = process.env["EXCHANGE_CASES"]?.split(",").map((name) => name.trim());
const isWanted = (name: string, gpus: number): boolean =>
  (wanted?.includes(name) ?? gpus < SLOW) || (wanted?.includes("slow") === true && gpus >= SLOW);

function machine(gpus: number, ranksPerNode: number): ReturnType<typeof machineOf> {
  const made = machineOf({ nodes: gpus / ranksPerNode, ranksPerNode });
  return { ...made, gpu: { ...made.gpu, calibration: { transferStart: 5 } } };
}

function schedule(kind: DemandKind, gpus: number, ranksPerNode: number, tokens: number) {
  const cluster = machine(gpus, ranksPerNode);
  const rows = rowsOf(kind, gpus, tokens, 1);
  const before = performance.now();
  const found = scheduleExchange({
    ...{ machine: cluster, parameters: parametersOf(cluster), rows, rowBytes: ROW_BYTES },
    ...{ direction: "dispatch", partialSums: false },
  });
  if (found.plan === undefined) throw new Error("no schedule");
  const ms = performance.now() - before;
  const proved = verifyExchange(found.plan);
  return { ...found, ms, msWithProof: performance.now() - before, proved };
}

for (const { gpus, ranksPerNode } of clusters)
  for (const kind of demandKinds)
    for (const tokens of volumes) {
      const name = `${kind}@${String(gpus)}/${String(tokens)}`;
      if (!isWanted(name, gpus)) continue;
      const { candidates, bound, timeUs, msWithProof } = schedule(kind, gpus, ranksPerNode, tokens);
      const over = (us: number): string => (us / bound.us).toFixed(3);
      console.log(
        `${name}: ${candidates[0]!.algorithm} ${timeUs.toFixed(0)} us, ${over(timeUs)} of the bound of ${bound.us.toFixed(0)} us (${bound.of}); found and proved in ${msWithProof.toFixed(0)} ms`,
      );
      for (const { algorithm, time_us: us, stages, launches, bytes_per_tier: bytes, reason } of candidates)
        console.log(
          us === undefined
            ? `    ${algorithm.padEnd(20)} ${reason ?? ""}`
            : `    ${algorithm.padEnd(20)} ${us.toFixed(0).padStart(9)} us ${over(us).padStart(7)} ${String(stages).padStart(5)} stages ${String(launches).padStart(5)} launches  ${Object.entries(
                bytes ?? {},
              )
                .map(([tier, each]) => `${tier} ${(each / 1e9).toFixed(2)} GB`)
                .join(", ")}`,
        );
    }

/** Stages between the 256 nodes of 2,048 GPUs: how long beside the bound, how many, and how fast found. */
function stagesRequired(kind: DemandKind): string {
  const [gpus, size] = [2048, 8];
  const nodes = gpus / size;
  const rows = rowsOf(kind, gpus, 4096, 1);
  let stages = stagesOf(betweenNodes(rows, gpus, size), nodes);
  let least = Infinity;
  for (let run = 0; run < 5; run++) {
    const before = performance.now();
    stages = stagesOf(betweenNodes(rows, gpus, size), nodes);
    least = Math.min(least, performance.now() - before);
  }
  const traffic = betweenNodes(rows, gpus, size);
  const lines = new Float64Array(2 * nodes);
  traffic.forEach((each, at) => {
    lines[Math.floor(at / nodes)]! += each;
    lines[nodes + (at % nodes)]! += each;
  });
  const ratio =
    stages.reduce((sum, { length }) => sum + length, 0) / lines.reduce((a, b) => Math.max(a, b), 0);
  const met = ratio <= 1.01 && stages.length <= 8 * nodes && least <= 250;
  return `${met ? "met   " : "missed"}  stages of 256 nodes, ${kind}: ${ratio.toFixed(4)} of the bound in ${String(stages.length)} stages (at most ${String(8 * nodes)}), found in ${least.toFixed(0)} ms (250)`;
}

function betweenNodes(rows: Float64Array, gpus: number, size: number): Float64Array {
  const nodes = gpus / size;
  const sums = new Float64Array(nodes * nodes);
  for (let source = 0, at = 0; source < gpus; source++) {
    const from = Math.floor(source / size) * nodes;
    for (let to = 0; to < nodes; to++) {
      let sum = 0;
      for (const end = at + size; at < end; at++) sum += rows[at]!;
      sums[from + to]! += sum;
    }
  }
  for (let node = 0; node < nodes; node++) sums[node * (nodes + 1)] = 0;
  return sums;
}

/** A schedule within so much of its bound. */
function withinRequired(kind: DemandKind, gpus: number, share: number): string {
  const { timeUs, bound } = schedule(kind, gpus, 8, 4096);
  const met = timeUs <= bound.us * (1 + share);
  return `${met ? "met   " : "missed"}  ${kind}@${String(gpus)}/4096 within ${String(100 * share)} % of the bound: ${(100 * (timeUs / bound.us - 1)).toFixed(1)} %`;
}

function proofRequired(kind: DemandKind, gpus: number, limitMs: number): string {
  schedule(kind, gpus, 8, 4096);
  const { msWithProof } = schedule(kind, gpus, 8, 4096);
  return `${msWithProof <= limitMs ? "met   " : "missed"}  ${kind}@${String(gpus)} compiled and proved in ${msWithProof.toFixed(0)} ms (${String(limitMs)})`;
}

if (wanted === undefined || wanted.includes("required")) {
  const verdicts = demandKinds.flatMap((kind) => [
    stagesRequired(kind),
    withinRequired(kind, 64, 0.05),
    withinRequired(kind, 320, 0.05),
    proofRequired(kind, 64, 100),
    proofRequired(kind, 256, 2000),
  ]);
  console.log(["Required:", ...verdicts].join("\n"));
}

const small = rowsOf("heavy-tailed", 64, 4096, 1);
const cluster = machine(64, 8);
bench("an exchange of 64 GPUs", () => {
  scheduleExchange({
    ...{ machine: cluster, parameters: parametersOf(cluster), rows: small, rowBytes: ROW_BYTES },
    ...{ direction: "dispatch", partialSums: false },
  });
});

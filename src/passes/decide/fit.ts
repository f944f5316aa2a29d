// Whether a plan fits: the GPU's memory and what the schedule requires. Says what takes the room and what would make it fit.
import type { Diagnostics } from "../../diagnostics/report.js";
import type { MemoryRequirement, Program } from "../../check/program.js";
import type { Buffer, LaunchPlan, Prediction } from "../../plan/types.gen.js";
import type { Priced } from "./search.js";

const GIB = 2 ** 30;
export const gib = (bytes: number): string => `${(bytes / GIB).toFixed(2)} GiB`;
const milliseconds = (time_us: number): string => `${(time_us / 1000).toFixed(3)} ms`;

/** Memory that a rank may use: the GPU's, or less where the schedule says so. */
export function memoryLimit(program: Program): number {
  const limits = program.schedule.requirements
    .filter((each) => each.subject === "memory")
    .map((each) => each.limit);
  return Math.min(program.machine.gpu.memory_bytes, ...limits);
}

/** Why a plan may not be used, or undefined. */
export function refusal(program: Program, plan: LaunchPlan): string | undefined {
  const total = plan.memory.total.value;
  const limit = memoryLimit(program);
  return total > limit ? `needs ${gib(total)} of ${gib(limit)}` : undefined;
}

const kindNames: Readonly<Record<Buffer["kind"], string>> = {
  weights: "weights",
  table: "tables",
  state: "caches",
  input: "inputs",
  output: "outputs",
  activation: "activations",
  exchange: "exchange buffers",
  counts: "counts",
};

/** Bytes of each kind of buffer: a region belongs to the kind of its largest buffer. */
export function memoryByKind(plan: LaunchPlan): readonly (readonly [kind: string, bytes: number])[] {
  const bytes = new Map<string, number>();
  for (const region of plan.memory.regions) {
    const members = plan.memory.buffers.filter((each) => each.region === region.name);
    const size = (each: Buffer): number => each.instances.value * each.instance_bytes.value;
    const largest = members.reduce<Buffer | undefined>(
      (a, b) => (a === undefined || size(b) > size(a) ? b : a),
      undefined,
    );
    if (largest === undefined) continue;
    const name = kindNames[largest.kind];
    bytes.set(name, (bytes.get(name) ?? 0) + region.bytes.value);
  }
  return [...bytes].sort((a, b) => b[1] - a[1]);
}

const remedies: Readonly<Record<string, string>> = {
  weights:
    "Spread the experts over more GPUs (a larger ep), or store weights in fewer bytes (precision.weights).",
  caches: "Serve fewer sequences per GPU, shorten them, or store the cache in fewer bytes (precision.cache).",
  activations: "Make the batch of a GPU smaller (batch.sequences), or split it into more micro-batches.",
  "exchange buffers":
    "Declare a smaller bound: exchange = auto(tokens: dropless(bound: ..., overflow: abort)); or a smaller capacity, where one is declared; or make the batch smaller.",
};

/** Reports why no candidate may be used; `best` is the one that needs least memory. */
export function reportUnfit(
  program: Program,
  best: Priced,
  largestBound: () => number | undefined,
  diagnostics: Diagnostics,
): void {
  const { schedule } = program;
  const total = best.plan.memory.total.value;
  const limit = memoryLimit(program);
  const kinds = memoryByKind(best.plan);
  const { tokens } = schedule.exchange;
  const unbounded = tokens.policy === "dropless" && tokens.bound === undefined;
  const bound = unbounded ? largestBound() : undefined;
  if (bound !== undefined) {
    diagnostics.report("worst-case-does-not-fit", schedule.exchange.span, {
      rows: best.plan.exchanges[0]?.capacity_rows.value ?? 0,
      needed: gib(total),
      available: gib(limit),
      largest_bound: bound,
    });
    return;
  }
  const remedy = remedies[kinds[0]?.[0] ?? ""] ?? "Use more GPUs, or a smaller batch.";
  const requirement = schedule.requirements.find((each) => each.subject === "memory" && each.limit === limit);
  if (requirement !== undefined && limit < program.machine.gpu.memory_bytes) {
    reportRequirement(program, requirement, gib(total), remedy, diagnostics);
    return;
  }
  diagnostics.report("does-not-fit-memory", schedule.span, {
    schedule: schedule.name,
    needed: gib(total),
    available: gib(limit),
    largest: kinds
      .slice(0, 3)
      .map(([kind, bytes]) => `${kind} ${gib(bytes)}`)
      .join(", "),
    remedy,
  });
}

/** Reports requirements on time that the best plan does not meet. */
export function reportUnmet(program: Program, prediction: Prediction, diagnostics: Diagnostics): void {
  for (const requirement of program.schedule.requirements) {
    if (requirement.subject !== "step_time" || prediction.step_time_us <= requirement.limit) continue;
    const exposed = milliseconds(prediction.exposed_communication_us);
    const remedy = `${exposed} of the step is exposed communication; its lower bound, from ${prediction.bound_by}, is ${milliseconds(prediction.lower_bound_us)}.`;
    reportRequirement(program, requirement, milliseconds(prediction.step_time_us), remedy, diagnostics);
  }
}

function reportRequirement(
  program: Program,
  requirement: MemoryRequirement,
  actual: string,
  remedy: string,
  diagnostics: Diagnostics,
): void {
  const limit = requirement.subject === "memory" ? gib(requirement.limit) : milliseconds(requirement.limit);
  diagnostics.report("requirement-not-met", requirement.span, {
    schedule: program.schedule.name,
    requirement: `${requirement.subject} ${requirement.op} ${limit}`,
    actual,
    remedy,
  });
}

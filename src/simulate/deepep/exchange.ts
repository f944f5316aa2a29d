// An exchange that DeepEP moves: which of the plan's launches its kernels take the place of. A plan keeps its steps and proofs;
// only what they cost is another thing. Prefill and training use the throughput kernels, decode the low-latency ones.
import type {
  ComputeLaunch,
  Exchange,
  Launch,
  LaunchPlan,
  PlanIndex,
  TransferLaunch,
} from "../../plan/index.js";

export type DeepEpKernels = "throughput" | "low_latency";

/** What a launch of a plan is under DeepEP. */
export type DeepEpPart =
  /** Another kernel, as without DeepEP. */
  | "outside"
  /** Part of one of DeepEP's kernels, and launched with it. */
  | "inside"
  /** The cast of tokens to the number format in which they travel. */
  | "cast";

/** Parts of dispatch that throughput kernels leave to others: finding out what goes where, and sorting what came by expert. */
const LEFT_IN_DISPATCH: ReadonlySet<string> = new Set(["assign", "assign_capacity", "unpack"]);
/** Throughput kernels cast nothing. */
const PACKS: ReadonlySet<string> = new Set(["pack", "pack_capacity", "pack_copies", "pack_weighted"]);
/** Adding up what the experts of one GPU made of a token is left to others too. */
const LEFT_IN_COMBINE: ReadonlySet<string> = new Set(["repack"]);

/** The kernels that the exchanges of a plan use. */
export const deepEpKernels = ({ mode }: Pick<LaunchPlan["schedule"], "mode">): DeepEpKernels =>
  mode === "decode" ? "low_latency" : "throughput";

/** The same of a plan that has an index. */
export const kernelsOf = ({ plan }: PlanIndex): DeepEpKernels => deepEpKernels(plan.schedule);

/** The exchange of a launch, where DeepEP moves it. */
export function deepEpExchange(index: PlanIndex, launch: Launch): Exchange | undefined {
  if (launch.exchange === undefined) return undefined;
  const exchange = index.exchange(launch.exchange);
  return exchange.transport === "deepep" ? exchange : undefined;
}

/** What a kernel of the plan is. `exchange`: that of the launch, where DeepEP moves it. */
export function deepEpPart(
  exchange: Exchange | undefined,
  kernels: DeepEpKernels,
  { node, part }: ComputeLaunch,
): DeepEpPart {
  if (exchange === undefined || (node !== exchange.dispatch && node !== exchange.combine)) return "outside";
  if (kernels === "low_latency") return "inside";
  if (node === exchange.combine) return LEFT_IN_COMBINE.has(part) ? "outside" : "inside";
  if (PACKS.has(part)) return "cast";
  return LEFT_IN_DISPATCH.has(part) ? "outside" : "inside";
}

/** Whether a transfer is where one of DeepEP's kernels begins, and not a further part of it. Chunks have kernels of their own. */
export function beginsKernel(index: PlanIndex, exchange: Exchange, launch: TransferLaunch): boolean {
  const { carries } = index.phase(launch.exchange, launch.phase);
  if (carries === "counts" && kernelsOf(index) === "low_latency") return false;
  if (launch.slots !== undefined) return true;
  return phasesBeside(index, exchange, launch)[0] === launch.phase;
}

/** Names of the phases that one kernel moves, in order: those of a node that carry counts, or those that carry rows. */
export function phasesBeside(
  index: PlanIndex,
  exchange: Exchange,
  launch: TransferLaunch,
): readonly string[] {
  const counts = (name: string): boolean => index.phase(exchange.name, name).carries === "counts";
  const own = counts(launch.phase);
  const names = new Set<string>();
  for (const { launches } of index.plan.cells)
    for (const each of launches)
      if (each.kind === "transfer" && each.exchange === exchange.name && each.node === launch.node)
        if (counts(each.phase) === own) names.add(each.phase);
  return exchange.phases.flatMap(({ name }) => (names.has(name) ? [name] : []));
}

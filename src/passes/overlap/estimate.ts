// Times by which launches are ordered: every launch at the mean of its run-time counts. The simulator, which knows the
// expected counts of each rank, prices what comes out.
import { InternalError } from "../../diagnostics/internal-error.js";
import {
  computeTime,
  defaultParameters,
  hostReadTime,
  Topology,
  transferTimes,
  type Message,
} from "../../cost/index.js";
import { evaluate } from "../../plan/expression.js";
import { slotsOfRank } from "../../plan/placement.js";
import type {
  AtomSet,
  ComputeLaunch,
  Exchange,
  Group,
  Launch,
  Machine,
  Phase,
  Placement,
} from "../../plan/types.gen.js";
import type { Estimate } from "./cells.js";

/** Bytes of a count. */
const COUNT_BYTES = 4;

/** Predicted times of launches. `rowBytes` gives the bytes of one row of an exchange in a phase. */
export function estimator(
  machine: Machine,
  group: Group,
  exchanges: readonly Exchange[],
  placements: readonly Placement[],
  rowBytes: (exchange: Exchange, phase: Phase) => number,
): Estimate {
  const topology = new Topology(machine);
  const transfers = new Map<string, number>();
  for (const exchange of exchanges) {
    const placement = placements.find(({ name }) => name === exchange.placement);
    if (placement === undefined) throw new InternalError(`${exchange.name} has no placement`);
    for (const phase of exchange.phases) {
      const perAtom =
        phase.carries === "counts"
          ? COUNT_BYTES
          : (exchange.mean_rows.value / placement.slots) * rowBytes(exchange, phase);
      transfers.set(`${exchange.name} ${phase.name}`, phaseTime(topology, group, placement, phase, perAtom));
    }
  }
  return (launch: Launch) => {
    switch (launch.kind) {
      case "compute":
        return kernelTime(machine, group, launch);
      case "transfer":
        return transfers.get(`${launch.exchange} ${launch.phase}`) ?? 0;
      case "read_counts":
        return hostReadTime(defaultParameters);
      default:
        return launch satisfies never;
    }
  };
}

function kernelTime({ gpu }: Machine, group: Group, { work }: ComputeLaunch): number {
  const gemm =
    work.gemm === undefined
      ? {}
      : {
          gemm: {
            groupRows: new Array<number>(work.gemm.groups.value).fill(
              work.gemm.m.value / work.gemm.groups.value,
            ),
            n: work.gemm.n.value,
            k: work.gemm.k.value,
          },
        };
  const kernel = {
    class: work.class,
    flops: work.flops.value,
    bytes: work.bytes.value,
    ...(work.dtype === undefined ? {} : { dtype: work.dtype }),
    ...gemm,
  };
  return computeTime(gpu, kernel, gpu.sms - group.sms, defaultParameters);
}

function phaseTime(
  topology: Topology,
  group: Group,
  placement: Placement,
  phase: Phase,
  bytesPerAtom: number,
): number {
  const ranks = group.instances[0] ?? [];
  const messages = phase.steps.flatMap((step) =>
    ranks.map((source, rank): Message => {
      const to = evaluate(step.to, (name) => (name === "rank" ? rank : undefined));
      return {
        source,
        destination: ranks[to] ?? source,
        bytes: bytesPerAtom * atomsOf(step.send, rank, placement, group),
      };
    }),
  );
  return Math.max(...transferTimes(topology, ranks, messages, group.sms, defaultParameters));
}

/** Number of atoms of a set, as a rank sees it. */
function atomsOf(set: AtomSet, rank: number, placement: Placement, group: Group): number {
  const at = (expr: AtomSet["host"]): number =>
    evaluate(expr, (name) => (name === "rank" ? rank : undefined));
  const sources = set.source === "all" ? group.size : 1;
  if (set.host === "all") return sources * placement.slots;
  const [first, end] = slotsOfRank(placement, at(set.host));
  if (set.slot === undefined) return sources * (end - first);
  return at(set.slot) < end - first ? sources : 0;
}

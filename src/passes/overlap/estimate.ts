// Times by which launches are ordered: every launch at the mean of its run-time counts. The simulator, which knows the
// expected counts of each rank, prices what comes out.
import { InternalError } from "../../diagnostics/internal-error.js";
import { computeTime, hostReadTime, parametersOf } from "../../cost/index.js";
import { AtomSpace } from "../../plan/atoms.js";
import { evaluate, type Environment } from "../../plan/expression.js";
import type {
  ComputeLaunch,
  Exchange,
  Group,
  Launch,
  Machine,
  Phase,
  Placement,
} from "../../plan/types.gen.js";
import { deepEpPart, type DeepEpKernels, type PriceMemo } from "../../simulate/index.js";
import type { Estimate } from "./cells.js";
import { deepEpPhaseTime } from "./estimate-deepep.js";

/** Bytes of a count. */
const COUNT_BYTES = 4;

/** What estimates start from. */
export interface EstimateInput {
  readonly machine: Machine;
  readonly environment: Environment;
  readonly group: Group;
  readonly exchanges: readonly Exchange[];
  readonly placements: readonly Placement[];
  readonly memo: PriceMemo;
  /** Of exchanges that DeepEP moves. */
  readonly kernels: DeepEpKernels;
}

/** Predicted times of launches. `rowBytes` gives the bytes of one row of an exchange in a phase. */
export function estimator(
  { machine, environment, group, exchanges, placements, memo, kernels }: EstimateInput,
  rowBytes: (exchange: Exchange, phase: Phase) => number,
): Estimate {
  const parameters = parametersOf(machine);
  const transfers = new Map<string, number>();
  for (const exchange of exchanges) {
    const placement = placements.find(({ name }) => name === exchange.placement);
    if (placement === undefined) throw new InternalError(`${exchange.name} has no placement`);
    const space = new AtomSpace(exchange, placement);
    for (const phase of exchange.phases) {
      if (exchange.transport === "deepep") {
        const tokens = evaluate("tokens", environment);
        const input = { machine, group, placement, tokens, kernels, parameters };
        const time = deepEpPhaseTime(input, exchange, phase, rowBytes(exchange, phase));
        transfers.set(`${exchange.name} ${phase.name}`, time);
        continue;
      }
      const bytes = entryBytes(exchange, space, phase, rowBytes);
      const copies = phase.carries === "copies" ? "only" : undefined;
      const links = memo.links(machine, group, { phase, copies, space, environment });
      const [times] = memo.times(links, links.messages.entries(space), bytes, group.sms, parameters);
      transfers.set(`${exchange.name} ${phase.name}`, Math.max(0, ...(times ?? [])));
    }
  }
  // What low-latency kernels send holds no SMs.
  const free = kernels === "low_latency" && exchanges.every(({ transport }) => transport === "deepep");
  const held = free ? 0 : group.sms;
  const byDeepEp = (name: string | undefined): Exchange | undefined =>
    exchanges.find((each) => each.name === name && each.transport === "deepep");
  return (launch: Launch) => {
    const exchange = byDeepEp(launch.exchange);
    switch (launch.kind) {
      case "compute":
        return deepEpPart(exchange, kernels, launch) === "inside" ? 0 : kernelTime(machine, held, launch);
      case "transfer":
        return transfers.get(`${launch.exchange} ${launch.phase}`) ?? 0;
      case "read_counts":
        return exchange !== undefined && kernels === "low_latency" ? 0 : hostReadTime(parameters);
      case "rounds":
        return 0;
      default:
        return launch satisfies never;
    }
  };
}

function kernelTime(machine: Machine, heldSms: number, { work }: ComputeLaunch): number {
  const { gpu } = machine;
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
  return computeTime(gpu, kernel, gpu.sms - heldSms, parametersOf(machine));
}

/** Bytes of an atom, or of the copies of a source for a node, at the mean. */
function entryBytes(
  exchange: Exchange,
  space: AtomSpace,
  phase: Phase,
  rowBytes: (exchange: Exchange, phase: Phase) => number,
): number {
  switch (phase.carries) {
    case "counts":
      return COUNT_BYTES;
    case "rows":
      return (exchange.mean_rows.value / space.slots) * rowBytes(exchange, phase);
    case "copies":
      return ((exchange.most_copies?.value ?? 0) / space.nodes) * rowBytes(exchange, phase);
    default:
      return phase.carries satisfies never;
  }
}

// What hides what: each transfer of a layer in the longest run of layers, how long it waits and moves, how much of that some
// kernel covers, and which. Means over the run's layers and all ranks.
import type { LaunchInstance } from "../../plan/index.js";
import { Amounts, TRANSFER } from "../../simulate/index.js";
import { longestRun, type SimulatedPlan } from "../simulated-plan.js";
import { kernelsOf, nodeOf, Tally } from "./kernels.js";

/** Times in microseconds for one layer. */
export interface HiddenTransfer {
  /** The launch in its cell, such as `routed.combine@1`. */
  readonly transfer: string;
  readonly exchange: string;
  readonly phase: string;
  readonly micro_batch: number;
  readonly stream: string;
  /** Bytes that a rank sends to others in the middle layer. */
  readonly bytes: number;
  /** It has begun on the rank, and not yet on all that it exchanges with. */
  readonly waits_us: number;
  /** Its data moves. */
  readonly moves_us: number;
  /** Some kernel of the rank runs while it moves. */
  readonly hidden_us: number;
  /** Some kernel of the rank runs while it waits. */
  readonly waits_hidden_us: number;
  /** Nodes whose kernels run while it moves, longest first; shares of `hidden_us`. */
  readonly behind: readonly { readonly node: string; readonly share: number }[];
}

/** Transfers in host issue order of their first occurrence. */
export function hiddenTransfers(simulated: SimulatedPlan): readonly HiddenTransfer[] {
  const { plan, priced, alike } = simulated;
  const run = longestRun(plan);
  const found = new Map<string, Sums>();
  for (const { times, ranks } of alike) {
    const { launches, kinds } = times.role.program;
    const kernels = kernelsOf(times);
    launches.forEach((instance, at) => {
      const { layer } = instance;
      if (kinds[at] !== TRANSFER || layer < run.first || layer >= run.first + run.repeat) return;
      const key = `${instance.launch.id} ${String(instance.microBatch)}`;
      const sums = found.get(key) ?? new Sums(instance);
      found.set(key, sums);
      const [start, move, end] = [times.starts[at]!, times.moves[at]!, times.ends[at]!];
      sums.waits += ranks.length * (move - start);
      sums.moves += ranks.length * (end - move);
      sums.hidden += ranks.length * kernels.covered(move, end);
      sums.waitsHidden += ranks.length * kernels.covered(start, move);
      kernels.overlaps(move, end, (length, kernel) =>
        sums.behind.add(nodeOf(launches[kernel]!), ranks.length * length),
      );
    });
  }
  const amounts = new Amounts(priced);
  const times = plan.world * run.repeat;
  return [...found.values()].map((sums) => sums.mean(times, () => meanBytes(simulated, amounts, sums.first)));
}

/** Bytes that a rank sends to others, in the middle layer of the run. */
function meanBytes({ plan }: SimulatedPlan, amounts: Amounts, { launch }: LaunchInstance): number {
  const run = longestRun(plan);
  if (launch.kind !== "transfer") return 0;
  let sum = 0;
  for (let rank = 0; rank < plan.world; rank++)
    for (const bytes of amounts.transfer(launch, run.first + (run.repeat >> 1), rank).out) sum += bytes;
  return Math.round(sum / plan.world);
}

/** Sums over ranks and layers. */
class Sums {
  waits = 0;
  moves = 0;
  hidden = 0;
  waitsHidden = 0;
  readonly behind = new Tally();

  constructor(readonly first: LaunchInstance) {}

  mean(times: number, bytes: () => number): HiddenTransfer {
    const { launch, microBatch } = this.first;
    const { total } = this.behind;
    return {
      transfer: launch.id,
      exchange: launch.kind === "transfer" ? launch.exchange : "",
      phase: launch.kind === "transfer" ? launch.phase : "",
      micro_batch: microBatch,
      stream: launch.kind === "transfer" ? launch.stream : "",
      bytes: bytes(),
      waits_us: this.waits / times,
      moves_us: this.moves / times,
      hidden_us: this.hidden / times,
      waits_hidden_us: this.waitsHidden / times,
      behind: this.behind.sorted().map(([node, us]) => ({ node, share: us / total })),
    };
  }
}

// What measurements may be of: the kernels and transfers of a plan, each as a whole, however many chunks, cells and micro-batches
// launch it.
import {
  ALL_KERNELS,
  wholePhase,
  type ComputeLaunch,
  type Exchange,
  type Launch,
  type NamedOperator,
  type PlanIndex,
  type TransferLaunch,
} from "../../plan/index.js";

/** A kernel; `launches`: one, or one for each chunk. */
export interface KernelTarget {
  readonly kind: "kernel";
  readonly of: NodeTargets;
  /** Part of the operator. */
  readonly part: string;
  readonly launches: readonly ComputeLaunch[];
}

/** A transfer; `launch`: any of those that make it. */
export interface TransferTarget {
  readonly kind: "transfer";
  readonly of: NodeTargets;
  /** Phase of the exchange, whatever its chunk. */
  readonly part: string;
  readonly launch: TransferLaunch;
  readonly exchange: Exchange;
  readonly carriesRows: boolean;
}

export type Target = KernelTarget | TransferTarget;

/** An operator of a block with all that computes it. */
export interface NodeTargets extends NamedOperator {
  readonly kernels: readonly KernelTarget[];
  readonly transfers: readonly TransferTarget[];
}

/** As `weft explain` names it, with its block. */
export const nameOf = ({ of, part }: Target): string => `${of.block}.${of.node}.${part}`;

/** What each kernel and transfer of a plan is a launch of. */
export class Targets {
  readonly all: readonly Target[];
  readonly #of = new Map<Launch, Target>();

  constructor(private readonly index: PlanIndex) {
    const launches = launchesByPart(index);
    this.all = [...launches.values()].flatMap((parts) => this.#nodeTargets(parts));
  }

  of(launch: Launch): Target | undefined {
    return this.#of.get(launch);
  }

  /** The targets of one node, in the order in which its parts are launched. */
  #nodeTargets({ block, node, parts }: LaunchedNode): readonly Target[] {
    const { op } = this.index.node(block, node);
    const kernels: KernelTarget[] = [];
    const transfers: TransferTarget[] = [];
    const of = { block, node, op, parts: [...parts.keys(), ALL_KERNELS], kernels, transfers };
    for (const [part, launches] of parts) {
      const [first] = launches;
      if (first?.kind === "transfer") {
        const phase = this.index.phase(first.exchange, first.phase);
        const exchange = this.index.exchange(first.exchange);
        transfers.push({
          kind: "transfer",
          of,
          part,
          launch: first,
          exchange,
          carriesRows: phase.carries !== "counts",
        });
      } else {
        const own = launches.filter((each) => each.kind === "compute");
        const chunks = new Map(own.map((each) => [JSON.stringify(each.slots ?? null), each]));
        kernels.push({ kind: "kernel", of, part, launches: [...chunks.values()] });
      }
      const target = first?.kind === "transfer" ? transfers.at(-1)! : kernels.at(-1)!;
      for (const each of launches) this.#of.set(each, target);
    }
    return [...kernels, ...transfers];
  }
}

interface LaunchedNode {
  readonly block: string;
  readonly node: string;
  /** Launches by kernel or phase. */
  readonly parts: Map<string, (ComputeLaunch | TransferLaunch)[]>;
}

function launchesByPart({ plan }: PlanIndex): ReadonlyMap<string, LaunchedNode> {
  const nodes = new Map<string, LaunchedNode>();
  for (const { block, launches } of plan.cells)
    for (const launch of launches) {
      if (launch.kind !== "compute" && launch.kind !== "transfer") continue;
      const key = JSON.stringify([block, launch.node, launch.exchange]);
      const known = nodes.get(key) ?? {
        block,
        node: launch.node,
        parts: new Map<string, (ComputeLaunch | TransferLaunch)[]>(),
      };
      nodes.set(key, known);
      const part = launch.kind === "compute" ? launch.part : wholePhase(launch.phase);
      const same = known.parts.get(part) ?? [];
      known.parts.set(part, same);
      same.push(launch);
    }
  return nodes;
}

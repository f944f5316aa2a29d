// The slices of one rank: its streams' launches, and the host that issues them. Launches of a stream are first in first out,
// so slices of a thread touch at most; what a transfer waits for other ranks is a slice inside its own.
import { positionAt } from "../../diagnostics/span.js";
import {
  placementOfLayer,
  slotsEnd,
  slotsOf,
  slotsOfRank,
  slotsWithin,
  type LaunchInstance,
  type PlanIndex,
  type Span,
  isOnHost,
} from "../../plan/index.js";
import { hostOf, type Amounts, type PricedPlan } from "../../simulate/index.js";
import { ticksOf, type Args, type SliceEvent } from "./event.js";
import type { ShownRank } from "./ranks.js";

/** Thread of the host; streams follow in the role's order. */
export const HOST_THREAD = 1;
export const threadOfStream = (stream: number): number => HOST_THREAD + 1 + stream;

/** Makes the slices of ranks of one plan. */
export class Slices {
  readonly #lines = new Map<Span, string>();

  constructor(
    private readonly priced: PricedPlan,
    private readonly amounts: Amounts,
  ) {}

  /** Slices of all streams of a rank, in host issue order. */
  ofStreams({ rank, times }: ShownRank): readonly SliceEvent[] {
    const { launches, streams } = times.role.program;
    return launches.flatMap((instance, at) => {
      const stream = streams[at]!;
      if (stream < 0) return [];
      const ts = ticksOf(times.starts[at]!);
      const [moves, end] = [ticksOf(times.moves[at]!), ticksOf(times.ends[at]!)];
      const where = { pid: rank, tid: threadOfStream(stream), ts };
      const { launch } = instance;
      const slice: SliceEvent = {
        ph: "X",
        name: launch.id,
        cat: launch.kind,
        ...where,
        dur: end - ts,
        args: { ...this.#place(instance), ...this.#work(instance, rank) },
      };
      if (moves <= ts) return [slice];
      return [slice, { ph: "X", name: "waits for other ranks", cat: "wait", ...where, dur: moves - ts }];
    });
  }

  /** What the host does: an issue of each launch, and reads of counts with the wait inside. */
  ofHost({ rank, times }: ShownRank): readonly SliceEvent[] {
    const where = { pid: rank, tid: HOST_THREAD };
    return hostOf(times).flatMap(({ startUs, readyUs, endUs }, at): readonly SliceEvent[] => {
      const instance = times.role.program.launches[at]!;
      const { launch, layer, microBatch } = instance;
      const [ts, ready, end] = [ticksOf(startUs), ticksOf(readyUs), ticksOf(endUs)];
      if (!isOnHost(launch)) {
        const args = { layer, micro_batch: microBatch };
        return [{ ph: "X", name: `issue ${launch.id}`, cat: "issue", ...where, ts, dur: end - ts, args }];
      }
      const args = this.#place(instance);
      const read: SliceEvent = {
        ph: "X",
        name: launch.id,
        cat: launch.kind,
        ...where,
        ts,
        dur: end - ts,
        args,
      };
      if (ready <= ts) return [read];
      return [read, { ph: "X", name: "waits for counts", cat: "wait", ...where, ts, dur: ready - ts }];
    });
  }

  /** Where a launch stands in model, plan and source. */
  #place({ launch, cell, layer, microBatch }: LaunchInstance): Args {
    const { op } = this.priced.index.node(cell.block, launch.node);
    const slots = slotsOf(launch);
    return {
      layer,
      micro_batch: microBatch,
      block: cell.block,
      node: launch.node,
      op,
      ...(launch.kind === "compute" ? { part: launch.part } : { exchange: launch.exchange }),
      ...(launch.kind === "transfer" ? { phase: launch.phase } : {}),
      ...(slots === undefined ? {} : { slots: `${slots.first} to ${slotsEnd(slots) - 1}` }),
      line: this.#line(launch.span),
    };
  }

  #work(instance: LaunchInstance, rank: number): Args {
    const { launch, layer } = instance;
    switch (launch.kind) {
      case "compute": {
        const { rows, bytes, flops } = this.amounts.kernel(launch, layer, rank);
        const work = { rows: Math.round(rows), bytes: Math.round(bytes), flops: Math.round(flops) };
        return { ...work, ...this.#experts(instance, rank) };
      }
      case "transfer": {
        const { sentRows, receivedRows, out, into } = this.amounts.transfer(launch, layer, rank);
        const tiers = this.priced.topology.machine.tiers.map(({ name }, tier) => [
          `${name}_bytes`,
          Math.round(out[tier]!),
        ]);
        return {
          rows: Math.round(sentRows),
          received_rows: Math.round(receivedRows),
          bytes: Math.round(sum(out)),
          received_bytes: Math.round(sum(into)),
          ...(tiers.length > 1 ? (Object.fromEntries(tiers) as Args) : {}),
        };
      }
      case "read_counts":
      case "rounds":
        return {};
      default:
        return launch satisfies never;
    }
  }

  /** The experts of the rank, for what is computed for each of them. */
  #experts({ launch, cell, layer }: LaunchInstance, rank: number): Args {
    const { index } = this.priced;
    if (launch.kind !== "compute" || launch.exchange === undefined) return {};
    if (index.node(cell.block, launch.node).output.kind !== "routed") return {};
    const all = expertsOf(index, launch.exchange, layer, rank);
    return { experts: all.slice(...slotsWithin(all.length, launch.slots)).join(", ") };
  }

  /** `file:line` of a span. */
  #line(span: Span): string {
    const known = this.#lines.get(span);
    if (known !== undefined) return known;
    const source = this.priced.index.plan.sources[span[0]];
    const line = source === undefined ? "" : `${source.uri}:${String(positionAt(source, span[1]).line)}`;
    this.#lines.set(span, line);
    return line;
  }
}

/** Experts that live on a rank in a layer, in order of slots. */
function expertsOf(index: PlanIndex, exchangeName: string, layer: number, rank: number): readonly number[] {
  const exchange = index.exchange(exchangeName);
  const placement = index.placement(exchange.placement);
  const ranks = index.group(exchange.group).instances.find((each) => each.includes(rank));
  if (ranks === undefined) return [];
  const { expert_of_slot } = placementOfLayer(placement, index.runOfLayer(layer).within);
  return expert_of_slot.slice(...slotsOfRank(placement, ranks.indexOf(rank)));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

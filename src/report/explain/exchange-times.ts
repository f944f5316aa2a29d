// Dispatches and combines beside their bounds: how long their rows move as scheduled, and how long they must on these links.
import type { Group, LaunchPlan } from "../../plan/index.js";
import { ExchangeBounds, TRANSFER, type Bound } from "../../simulate/index.js";
import type { SimulatedPlan } from "../simulated-plan.js";
import { Tally } from "./kernels.js";

/** One direction of an exchange; times in microseconds, means over layers, micro-batches and instances of the communicator. */
export interface ExchangeTime {
  readonly exchange: string;
  readonly direction: "dispatch" | "combine";
  /** In which rows move, on the rank where that takes longest: neither waiting for other ranks, nor counts, nor kernels. */
  readonly time_us: number;
  /** What no schedule of that traffic beats. */
  readonly bound_us: number;
  /** What decides the bound, in most of the layers. */
  readonly bound_by: string;
  readonly over_bound: number;
}

/** In order of exchanges, dispatch first. Exchanges whose rows never leave their GPU are left out. */
export function exchangeTimes(simulated: SimulatedPlan): readonly ExchangeTime[] {
  const { plan, priced } = simulated;
  const bounds = new ExchangeBounds(priced);
  const moves = movesOf(simulated);
  return plan.exchanges.flatMap((exchange) => {
    const group = groupOf(plan, exchange.group);
    return (["dispatch", "combine"] as const).flatMap((direction) => {
      const each: { readonly time: number; readonly bound: Bound }[] = [];
      for (const { layer, times } of moves.get(exchange.name)?.[direction].values() ?? [])
        for (const ranks of group?.instances ?? [])
          each.push({
            time: Math.max(...ranks.map((rank) => times[rank]!)),
            bound: bounds.of(exchange.name, layer, ranks, direction),
          });
      const mean = (of: (one: (typeof each)[number]) => number): number =>
        each.reduce((sum, one) => sum + of(one), 0) / each.length;
      const boundBy = new Tally();
      for (const { bound } of each) boundBy.add(bound.boundBy, 1);
      const [most] = boundBy.sorted();
      const [time, bound] = [mean((one) => one.time), mean((one) => one.bound.timeUs)];
      if (most === undefined || bound === 0) return [];
      return [
        {
          exchange: exchange.name,
          direction,
          time_us: time,
          bound_us: bound,
          bound_by: most[0],
          over_bound: time / bound,
        },
      ];
    });
  });
}

const groupOf = ({ groups }: LaunchPlan, name: string): Group | undefined =>
  groups.find((each) => each.name === name);

/** Time in which rows move in one layer and micro-batch, by world rank. */
interface Moves {
  readonly layer: number;
  readonly times: Float64Array;
}
type MovesOfExchange = Readonly<Record<"dispatch" | "combine", Map<string, Moves>>>;

/** By exchange and direction, layer and micro-batch. */
function movesOf({ plan, priced, alike }: SimulatedPlan): ReadonlyMap<string, MovesOfExchange> {
  const found = new Map<string, MovesOfExchange>(
    plan.exchanges.map(({ name }) => [name, { dispatch: new Map(), combine: new Map() }]),
  );
  for (const { times, ranks } of alike)
    times.role.program.launches.forEach(({ launch, layer, microBatch }, at) => {
      if (launch.kind !== "transfer" || times.role.program.kinds[at] !== TRANSFER) return;
      const exchange = priced.index.exchange(launch.exchange);
      if (priced.index.phase(exchange.name, launch.phase).carries === "counts") return;
      const moves = found.get(exchange.name)?.[launch.node === exchange.dispatch ? "dispatch" : "combine"];
      const key = `${String(layer)} ${String(microBatch)}`;
      const known = moves?.get(key) ?? { layer, times: new Float64Array(plan.world) };
      moves?.set(key, known);
      for (const rank of ranks) known.times[rank]! += times.ends[at]! - times.moves[at]!;
    });
  return found;
}

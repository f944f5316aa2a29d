// How much a plan executes as a whole, to set beside what its miniature executed: counted from the timelines, with
// expected rows where a size is known only at run time.
import {
  dimensionEnvironment,
  ELEMENTS_PER_SCALE,
  evaluate,
  expandTimeline,
  extend,
  placementOfLayer,
  PlanIndex,
  type Environment,
  type Exchange,
  type LaunchInstance,
  type LaunchPlan,
  type TransferLaunch,
} from "../plan/index.js";
import { atomsOf } from "./atoms.js";

export interface PlanAmounts {
  readonly layers: number;
  /** Launches, transfers and host reads of all ranks. */
  readonly launches: number;
  /** Messages, those of a rank to itself included. */
  readonly transfers: number;
  /** Expected bytes of these. */
  readonly bytes: number;
}

export function amountsOf(plan: LaunchPlan): PlanAmounts {
  const index = new PlanIndex(plan);
  const amounts = { layers: index.layers, launches: 0, transfers: 0, bytes: 0 };
  const known = new Map<string, { transfers: number; bytes: number }>();
  const traffics = new Map<string, Traffic>();
  for (const role of plan.roles)
    for (const instance of expandTimeline(plan, role)) {
      amounts.launches += role.ranks.length;
      if (instance.launch.kind !== "transfer") continue;
      // Layers differ by placement at most, so the messages of a launch are priced once for each of them.
      const { within } = index.runOfLayer(instance.layer);
      const tables = index.placement(index.exchange(instance.launch.exchange).placement).layers.length;
      const key = `${role.name}/${instance.cell.name}/${instance.launch.id}/${tables > 1 ? within : 0}`;
      let each = known.get(key);
      if (each === undefined) {
        const { exchange, phase } = instance.launch;
        const trafficKey = `${role.name}/${exchange}/${phase}`;
        let traffic = traffics.get(trafficKey);
        if (traffic === undefined)
          traffics.set(
            trafficKey,
            (traffic = trafficOf(index, new Set(role.ranks), index.exchange(exchange), phase)),
          );
        known.set(key, (each = messagesOf(index, traffic, instance, instance.launch)));
      }
      amounts.transfers += each.transfers;
      amounts.bytes += each.bytes;
    }
  return { ...amounts, bytes: Math.round(amounts.bytes) };
}

/** What a phase sends, whatever the layer. */
interface Traffic {
  readonly messages: number;
  /** [slot] how many messages carry an atom of the slot. */
  readonly atomsOfSlot: Float64Array;
}

function trafficOf(
  index: PlanIndex,
  roleRanks: ReadonlySet<number>,
  exchange: Exchange,
  phaseName: string,
): Traffic {
  const placement = index.placement(exchange.placement);
  const { steps } = index.phase(exchange.name, phaseName);
  const group = index.group(exchange.group);
  const environment = dimensionEnvironment(index.plan.dimensions);
  const atomsOfSlot = new Float64Array(placement.slots);
  let messages = 0;
  for (const ranks of group.instances)
    ranks.forEach((rank, self) => {
      if (!roleRanks.has(rank)) return;
      const own = extend(environment, { rank: self });
      messages += steps.length;
      for (const { send } of steps)
        for (const { slot } of atomsOf(send, ["source", "slot"], placement, group.size, own))
          atomsOfSlot[slot]! += 1;
    });
  return { messages, atomsOfSlot };
}

/** Messages and expected bytes of a transfer launch of a layer. */
function messagesOf(
  index: PlanIndex,
  { messages, atomsOfSlot }: Traffic,
  { layer }: LaunchInstance,
  launch: TransferLaunch,
): { transfers: number; bytes: number } {
  const exchange = index.exchange(launch.exchange);
  const { carries } = index.phase(exchange.name, launch.phase);
  const environment = extend(dimensionEnvironment(index.plan.dimensions), { layer });
  const operand = launch.operands.find((each) => each.name === "send");
  const atomBytes = operand === undefined ? 0 : rowBytes(index, operand.buffer, carries, environment);
  const rows = carries === "rows" ? expectedRows(index, exchange, layer) : undefined;
  const atomRows = atomsOfSlot.reduce((sum, atoms, slot) => sum + atoms * (rows?.[slot] ?? 1), 0);
  return { transfers: messages, bytes: atomBytes * atomRows };
}

/** Bytes of a row of a buffer with its scales, or of a count. */
function rowBytes(
  index: PlanIndex,
  bufferName: string,
  carries: "counts" | "rows",
  environment: Environment,
): number {
  const buffer = index.buffer(bufferName);
  const precision = index.precision(buffer.precision);
  const element = evaluate(precision.bytes, environment);
  if (carries === "counts") return element;
  const [, ...extents] = buffer.shape;
  const width = extents.reduce<number>((product, each) => product * evaluate(each, environment), 1);
  const scale = evaluate(precision.scale_bytes, environment);
  return width * element + Math.ceil(width / ELEMENTS_PER_SCALE) * scale;
}

/** [slot] rows that a rank sends to a slot on average. */
function expectedRows(index: PlanIndex, exchange: Exchange, layer: number): number[] {
  const { plan } = index;
  const placement = index.placement(exchange.placement);
  const { within } = index.runOfLayer(layer);
  const tables = placementOfLayer(placement, within);
  const routing = plan.routing.find((each) => each.block === exchange.block && each.gate === exchange.gate);
  const loads = routing?.loads[within] ?? routing?.loads[0];
  const environment = dimensionEnvironment(plan.dimensions);
  const topK = index.node(exchange.block, exchange.gate).dims["top_k"] ?? 0;
  const pairs = evaluate("tokens", environment) * evaluate(topK, environment);
  return tables.expert_of_slot.map((expert) => {
    const replicas = tables.replica_begin[expert + 1]! - tables.replica_begin[expert]!;
    return (pairs * (loads?.[expert] ?? 1 / placement.experts)) / replicas;
  });
}

// The placement and the exchange of the plan that is written by hand: slots in order, and each rank sending to each directly.
import {
  difference,
  dimensionEnvironment,
  product,
  quotient,
  remainder,
  sized,
  sum,
  type AtomLayout,
  type Dimension,
  type Exchange,
  type Placement,
  type Step,
} from "../../src/plan/index.js";

/** The gate that both belong to. */
export const gateOfMoe = { block: "moe", gate: "gate" };

export function placementOf(ranks: number, experts: number, expertOfSlot: readonly number[]): Placement {
  const slots = expertOfSlot.length;
  const replicas = Array.from({ length: experts }, (_, expert) =>
    expertOfSlot.flatMap((each, slot) => (each === expert ? [slot] : [])),
  );
  const replicaBegin = replicas.reduce<number[]>(
    (begins, each) => [...begins, begins.at(-1)! + each.length],
    [0],
  );
  return {
    name: "experts",
    ...gateOfMoe,
    experts,
    slots,
    slot_begin: Array.from({ length: ranks + 1 }, (_, rank) => Math.floor((rank * slots) / ranks)),
    layers: [
      { expert_of_slot: [...expertOfSlot], replica_begin: replicaBegin, replica_slot: replicas.flat() },
    ],
  };
}

export function exchangeOf(ranks: number, dimensions: readonly Dimension[]): Exchange {
  const environment = dimensionEnvironment(dimensions);
  const layout = (name: string, holds: AtomLayout["holds"], order: AtomLayout["order"]) => ({
    name,
    holds,
    order,
  });
  const forward = Array.from({ length: ranks }, (_, k): Step => {
    const [to, from] = [remainder(sum("rank", k), ranks), remainder(difference("rank", k), ranks)];
    return {
      to,
      from,
      send: { source: "rank", host: to },
      receive: { source: from, host: "rank" },
    };
  });
  const back = forward.map(({ to, from }): Step => ({
    to,
    from,
    send: { source: to, host: "rank" },
    receive: { source: "rank", host: from },
  }));
  const pairs = product("tokens", "top_k");
  return {
    name: "moe",
    ...gateOfMoe,
    dispatch: "sent",
    combine: "routed",
    placement: "experts",
    group: "ep",
    transport: "nccl",
    algorithm: "direct",
    tokens: { policy: "dropless" },
    mean_rows: sized(quotient(product(ranks, pairs), ranks), environment),
    capacity_rows: sized(product(ranks, pairs), environment),
    layouts: [
      layout("by_slot", { source: "rank", host: "all" }, ["slot", "source"]),
      layout("by_source", { source: "all", host: "rank" }, ["source", "slot"]),
    ],
    phases: [
      { name: "counts", carries: "counts", steps: forward },
      { name: "dispatch", carries: "rows", steps: structuredClone(forward) },
      { name: "combine", carries: "rows", steps: back },
    ],
  };
}

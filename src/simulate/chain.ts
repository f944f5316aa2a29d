// The dependency chain of one micro-batch: its layers one after the other, in each the longest way through the block's graph,
// every node at peak rates and every exchange at its latency and the rate of its ports.
import type { Block, LaunchInstance } from "../plan/index.js";
import type { PricedPlan, PricedRole } from "./priced-plan.js";
import type { ExchangeTraffic } from "./traffic.js";
import { portTime, sharingPorts, unitTime, type WireLoad, type WireLoads } from "./wire.js";

/** The longest chain that any role's ranks go through, in microseconds. */
export function dependencyChain(priced: PricedPlan, wires: WireLoads): number {
  return Math.max(0, ...priced.roles.map((role) => roleChain(priced, role, wires)));
}

/** A node of one layer: what its launches take on each rank of the role. */
interface NodeTime {
  readonly kernels: Float64Array;
  readonly transfers: readonly LaunchInstance[];
}

function roleChain(priced: PricedPlan, role: PricedRole, wires: WireLoads): number {
  const { program } = role;
  const batch = program.launches[0]?.microBatch;
  const layers = new Map<number, LaunchInstance[]>();
  for (const each of program.launches) {
    if (each.microBatch !== batch) continue;
    const known = layers.get(each.layer) ?? [];
    layers.set(each.layer, known);
    known.push(each);
  }
  let ready = new Float64Array(role.role.ranks.length);
  for (const layer of [...layers.keys()].sort((left, right) => left - right)) {
    const launches = layers.get(layer)!;
    const { run } = priced.index.runOfLayer(layer);
    ready = layerChain(priced, role, wires, priced.index.block(run.block), layer, launches, ready);
  }
  return Math.max(0, ...ready);
}

/** When each rank has the layer's result, given when it has the layer's input. */
function layerChain(
  priced: PricedPlan,
  role: PricedRole,
  wires: WireLoads,
  block: Block,
  layer: number,
  launches: readonly LaunchInstance[],
  input: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const done = new Map([[block.input.name, input]]);
  for (const node of block.nodes) {
    const { kernels, transfers } = nodeTime(
      role,
      launches.filter(({ launch }) => launch.node === node.id),
    );
    const ready = input.map((_, column) =>
      Math.max(0, ...node.inputs.map((each) => done.get(each)?.[column] ?? 0)),
    );
    const after = ready.map((time, column) => time + kernels[column]!);
    done.set(
      node.id,
      transfers.length === 0 ? after : exchanged(priced, role, wires, layer, transfers, ready, after),
    );
  }
  return done.get(block.result) ?? input;
}

/** Parts of a node follow one another. A part in several pieces counts with its shortest: the chain goes through one piece. */
function nodeTime(role: PricedRole, launches: readonly LaunchInstance[]): NodeTime {
  const { prices } = role;
  const parts = new Map<string, Float64Array>();
  for (const { launch, index } of launches) {
    if (launch.kind !== "compute") continue;
    const begin = prices.rowOf[index]! * prices.columns;
    const times = prices.ideal.slice(begin, begin + prices.columns);
    const known = parts.get(launch.part);
    parts.set(launch.part, known === undefined ? times : times.map((time, at) => Math.min(time, known[at]!)));
  }
  const kernels = new Float64Array(prices.columns);
  for (const times of parts.values())
    times.forEach((time, column) => (kernels[column] = kernels[column]! + time));
  return { kernels, transfers: launches.filter(({ launch }) => launch.kind === "transfer") };
}

/**
 * When each rank has all that an exchange brings it. Where every rank has rows for every other, none has before the last was
 * ready to send. `ready`: before the node's own kernels, `after`: with them, some of which may run before the transfer.
 */
function exchanged(
  priced: PricedPlan,
  role: PricedRole,
  wires: WireLoads,
  layer: number,
  transfers: readonly LaunchInstance[],
  ready: Float64Array<ArrayBuffer>,
  after: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const { index, traffic } = priced;
  const launch = transfers[0]!.launch;
  if (launch.kind !== "transfer") return after;
  const counts = traffic.of(launch.exchange, layer);
  const direction = counts.exchange.dispatch === launch.node ? "dispatch" : "combine";
  const rowPhases = transfers.filter(
    (each) =>
      each.launch.kind === "transfer" &&
      index.phase(each.launch.exchange, each.launch.phase).carries !== "counts",
  );
  const together = everyPairTalks(counts);
  const columns = new Map(role.role.ranks.map((rank, column) => [rank, column]));
  const done = after.slice();
  for (const ranks of index.group(counts.exchange.group).instances) {
    if (!ranks.every((rank) => columns.has(rank))) continue;
    const own = ranks.map((rank) => columns.get(rank)!);
    const last = together ? Math.max(...own.map((column) => ready[column]!)) : 0;
    const wire = wireTimes(priced, wires.of(counts, ranks, direction), rowPhases.length === 1);
    // What was measured is possible, whatever latencies and rates are.
    const least = priced.measured?.leastOf(launch.exchange, direction) ?? 1;
    own.forEach((column, at) => (done[column] = Math.max(after[column]!, last) + least * wire[at]!));
  }
  return done;
}

/** Latency and bytes of each rank; latency alone where the rows travel in several phases, whose pieces may overlap other nodes. */
function wireTimes({ topology }: PricedPlan, load: WireLoad, whole: boolean): readonly number[] {
  const ranks = load.out.length / topology.unitSizes.length;
  return Array.from({ length: ranks }, (_, rank) => {
    let latency = Infinity;
    let longest = 0;
    topology.machine.tiers.forEach((tier, at) => {
      const bytes = Math.max(load.out[at * ranks + rank]!, load.in[at * ranks + rank]!);
      if (bytes === 0) return;
      latency = Math.min(latency, tier.latency_us);
      const port = portTime(topology, at, bytes / sharingPorts(topology, at));
      longest = Math.max(longest, port, unitTime(topology, at, bytes));
    });
    return latency === Infinity ? 0 : latency + (whole ? longest : 0);
  });
}

function everyPairTalks(counts: ExchangeTraffic): boolean {
  for (let source = 0; source < counts.ranks; source++)
    for (let host = 0; host < counts.ranks; host++) if (counts.rowsBetween(source, host) === 0) return false;
  return true;
}

// When each of some flows ends that are all known beforehand.
import type { FlowSet } from "./flow-set.js";
import { FlowNetwork } from "./network.js";
import { foldSymmetric } from "./symmetry.js";

export interface FlowEnds {
  /** [flow]: microseconds. */
  readonly ends: Float64Array;
  /** Flows and links that were simulated: one of each kind. */
  readonly flows: number;
  readonly links: number;
  /** Starts and ends of these. */
  readonly events: number;
}

/** Simulates one flow of each kind, see symmetry.ts. */
export function flowEnds(set: FlowSet): FlowEnds {
  const folded = foldSymmetric(set);
  if (folded === undefined) return eachFlowEnds(set);
  const { kindOf, flows, uses } = folded;
  const { ends: kindEnds, events } = simulated(flows, uses);
  const ends = new Float64Array(kindOf.length);
  for (let flow = 0; flow < ends.length; flow++) ends[flow] = kindEnds[kindOf[flow]!]!;
  return {
    ends,
    flows: flows.bytes.length,
    links: flows.capacities.length,
    events,
  };
}

/** Simulates every flow for itself. */
export function eachFlowEnds(set: FlowSet): FlowEnds {
  return { ...simulated(set), flows: set.bytes.length, links: set.capacities.length };
}

/** `uses`: how often each flow counts on each of its links. */
function simulated(set: FlowSet, uses?: Float64Array): Pick<FlowEnds, "ends" | "events"> {
  const network = new FlowNetwork();
  for (const capacity of set.capacities) network.addLink(capacity);
  const count = set.bytes.length;
  const flowOf = new Int32Array(count);
  for (let flow = 0; flow < count; flow++) {
    const [begin, end] = [set.pathBegin[flow]!, set.pathBegin[flow + 1]!];
    const flowClass = network.addClass(set.links.subarray(begin, end), uses?.subarray(begin, end));
    flowOf[network.start(flowClass, set.bytes[flow]!, set.starts[flow])] = flow;
  }
  const ends = new Float64Array(count);
  while (network.step())
    for (let at = 0; at < network.endedCount; at++) ends[flowOf[network.ended[at]!]!] = network.now;
  return { ends, events: network.events };
}

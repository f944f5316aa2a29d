// How many events the flow network handles a second of CPU time, with and without contention.
import { flowEnds } from "../../src/simulate/flows/flow-ends.js";
import { FlowNetwork } from "../../src/simulate/flows/network.js";
import { allToAll, railNodes } from "../simulate/flows/flows.js";

export interface NetworkCost {
  readonly flows: number;
  readonly links: number;
  readonly events: number;
  /** Seconds of this process's CPU time: other processes of the machine do not count. */
  readonly cpu_s: number;
}

/** CPU time of what `work` does, which returns the events that it counts. */
function measured(work: () => Omit<NetworkCost, "cpu_s">): NetworkCost {
  const before = process.cpuUsage();
  const done = work();
  const { user, system } = process.cpuUsage(before);
  return { ...done, cpu_s: (user + system) / 1e6 };
}

/** Uneven sizes, the same in every run: from half to one and a half times `bytes`. */
function unevenSizes(bytes: number): () => number {
  let state = 1;
  return () => {
    // The generator of Park and Miller.
    state = (state * 48271) % 2147483647;
    return bytes * (0.5 + state / 2147483647);
  };
}

/** An equal all-to-all over rails, from nothing to the end of every flow. */
export function measureSymmetric(gpus: number): NetworkCost {
  return measured(() => {
    const set = allToAll(railNodes(gpus), () => 1e6);
    const { events } = flowEnds(set);
    return { flows: set.bytes.length, links: set.capacities.length, events };
  });
}

/** Pairs of ports, on each of which one flow follows the other. */
export function measureContentionFree(pairs: number, flowsEach: number): NetworkCost {
  const network = new FlowNetwork();
  const classes = Array.from({ length: pairs }, () =>
    network.addClass([network.addLink(50e9), network.addLink(50e9)]),
  );
  const sizes = unevenSizes(1e6);
  return measured(() => {
    const classOf = Int32Array.from(classes);
    const left = new Int32Array(pairs).fill(flowsEach - 1);
    for (const flowClass of classes) network.start(flowClass, sizes());
    while (network.step())
      for (let at = 0; at < network.endedCount; at++) {
        const pair = network.ended[at]!;
        const more = left[pair]!;
        if (more === 0) continue;
        left[pair] = more - 1;
        // The number of the flow that ended is the next one's.
        network.start(classOf[pair]!, sizes());
      }
    return { flows: pairs * flowsEach, links: 2 * pairs, events: network.events };
  });
}

/** A star with a flow of a size of its own between any two ports: the first `most` ends, the start of all left out. */
export function measureContended(ranks: number, most: number): NetworkCost {
  const network = new FlowNetwork();
  const ports = Array.from({ length: 2 * ranks }, () => network.addLink(50e9));
  const sizes = unevenSizes(1e6);
  for (let from = 0; from < ranks; from++)
    for (let to = 0; to < ranks; to++)
      if (from !== to) network.start(network.addClass([ports[from]!, ports[ranks + to]!]), sizes());
  network.nextUs();
  const started = network.events;
  return measured(() => {
    while (network.events - started < most && network.step());
    return { flows: ranks * (ranks - 1), links: 2 * ranks, events: network.events - started };
  });
}

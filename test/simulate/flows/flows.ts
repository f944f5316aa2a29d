// Small sets of flows, written down one by one, and an all-to-all of many GPUs.
import type { FlowSet } from "../../../src/simulate/flows/flow-set.js";

export interface GivenFlow {
  readonly path: readonly number[];
  readonly bytes: number;
  readonly startUs?: number;
}

/** Bytes per second that make a link one byte per microsecond fast. */
export const BYTE_PER_US = 1e6;

/** `capacities`: bytes per microsecond. */
export function flowSet(capacities: readonly number[], flows: readonly GivenFlow[]): FlowSet {
  const pathBegin = new Int32Array(flows.length + 1);
  flows.forEach(({ path }, at) => (pathBegin[at + 1] = pathBegin[at]! + path.length));
  return {
    capacities: Float64Array.from(capacities, (each) => each * BYTE_PER_US),
    bytes: Float64Array.from(flows, (each) => each.bytes),
    starts: Float64Array.from(flows, (each) => each.startUs ?? 0),
    pathBegin,
    links: Int32Array.from(flows.flatMap((each) => each.path)),
  };
}

export interface Nodes {
  readonly gpus: number;
  readonly gpusPerNode: number;
  /** Bytes per second of a GPU's port within its node, and of its rail. */
  readonly withinNode: number;
  readonly rail: number;
  /** Latency of a hop, in microseconds. */
  readonly latenciesUs: readonly [withinNode: number, rail: number];
}

/** Eight GPUs a node, and a rail for each, as in H100 clusters. */
export const railNodes = (gpus: number): Nodes => ({
  ...{ gpus, gpusPerNode: 8, withinNode: 400e9, rail: 50e9 },
  latenciesUs: [2, 5],
});

/**
 * A flow from every GPU to every other. To another node it takes the rail of its destination, and first goes to the GPU of its node
 * that is on that rail. `bytes` gives the size.
 */
export function allToAll(nodes: Nodes, bytes: (source: number, destination: number) => number): FlowSet {
  const { gpus, gpusPerNode, withinNode, rail, latenciesUs } = nodes;
  const count = gpus * (gpus - 1);
  const capacities = new Float64Array(4 * gpus).fill(withinNode, 0, 2 * gpus).fill(rail, 2 * gpus);
  const [sizes, starts] = [new Float64Array(count), new Float64Array(count)];
  const pathBegin = new Int32Array(count + 1);
  const links = new Int32Array(4 * count);
  let flow = 0;
  let end = 0;
  for (let source = 0; source < gpus; source++) {
    const node = source - (source % gpusPerNode);
    for (let destination = 0; destination < gpus; destination++) {
      if (source === destination) continue;
      const remote = node !== destination - (destination % gpusPerNode);
      const turn = remote ? node + (destination % gpusPerNode) : destination;
      if (turn !== source) {
        links[end++] = source;
        links[end++] = gpus + turn;
        starts[flow] = latenciesUs[0];
      }
      if (remote) {
        links[end++] = 2 * gpus + turn;
        links[end++] = 3 * gpus + destination;
        starts[flow] = starts[flow]! + latenciesUs[1];
      }
      sizes[flow] = bytes(source, destination);
      pathBegin[++flow] = end;
    }
  }
  return { capacities, bytes: sizes, starts, pathBegin, links: links.subarray(0, end) };
}

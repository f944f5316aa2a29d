// What one direction of an exchange asks of a GPU under DeepEP, and what it is under uniform routing, which benchmarks have.
// A throughput kernel sends a token once to each GPU that has experts of it, and once to each node; a low-latency kernel once to
// each expert. DeepEP's published bandwidths are logical: they count a token once for each of its nodes (on one node: GPUs), its
// own included. What ports carry is physical and never counts what stays.

/** Copies of tokens, means of one GPU. A combine takes the way of the dispatch backwards. */
export interface DeepEpLoad {
  /** Nodes that the exchange spans. */
  readonly nodes: number;
  /** Tokens of the GPU. */
  readonly tokens: number;
  /** Copies that its SMs make of them. */
  readonly copies: number;
  /** Copies through its NVLink port, and through its network port. */
  readonly overNvlink: number;
  readonly overNetwork: number;
}

/** Tokens that go to experts of equal chance. */
export interface UniformRouting {
  /** Tokens of each GPU. */
  readonly tokens: number;
  readonly experts: number;
  readonly topK: number;
  readonly nodes: number;
  readonly gpusPerNode: number;
  /** Most nodes that a token may go to, where the gate limits them; the nodes are those of a random choice. */
  readonly nodeLimit?: number;
}

/**
 * Expected number of distinct places among `places` of equally many experts that `topK` distinct experts of equal chance are in:
 * P * (1 - C(E - E/P, k) / C(E, k)).
 */
export function distinctPlaces(places: number, experts: number, topK: number): number {
  let missed = 1;
  for (let at = 0; at < topK; at++)
    missed *= Math.max(0, experts - experts / places - at) / Math.max(1, experts - at);
  return places * (1 - missed);
}

/** Nodes of a token, its own included where it has experts there. */
export function nodesPerToken({ experts, topK, nodes, nodeLimit = nodes }: UniformRouting): number {
  const limit = Math.min(nodes, nodeLimit);
  return distinctPlaces(limit, (experts * limit) / nodes, topK);
}

/** GPUs of a token, its own included where it has experts there. */
export function gpusPerToken(routing: UniformRouting): number {
  const { experts, topK, nodes, gpusPerNode, nodeLimit = nodes } = routing;
  const limit = Math.min(nodes, nodeLimit);
  return distinctPlaces(limit * gpusPerNode, (experts * limit) / nodes, topK);
}

/** What a throughput kernel has to do. */
export function throughputLoad(routing: UniformRouting): DeepEpLoad {
  const { tokens, nodes, gpusPerNode } = routing;
  const gpus = gpusPerToken(routing);
  const across = nodes > 1 ? nodesPerToken(routing) : 0;
  return {
    nodes,
    tokens,
    copies: tokens * (gpus + across),
    overNvlink: (tokens * gpus * (gpusPerNode - 1)) / gpusPerNode,
    overNetwork: (tokens * across * (nodes - 1)) / nodes,
  };
}

/** What a low-latency kernel has to do: no copy serves two experts. */
export function lowLatencyLoad({ tokens, topK, nodes, gpusPerNode }: UniformRouting): DeepEpLoad {
  const copies = tokens * topK;
  return {
    nodes,
    tokens,
    copies,
    overNvlink: (copies * (gpusPerNode - 1)) / (gpusPerNode * nodes),
    overNetwork: (copies * (nodes - 1)) / nodes,
  };
}

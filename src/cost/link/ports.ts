// How long a GPU's port into a tier is busy with the messages of one group. Three things hold a port up: its bandwidth; the SMs
// of the communicator, each of which (a channel of NCCL) copies so much and no more, for all tiers together; and the memory,
// which the copy of what a rank sends to itself shares with what comes in and goes out.
import type { CostParameters } from "../parameters/index.js";
import { tierPorts } from "./shared.js";
import { US_PER_S, type Topology } from "./topology.js";

/** What a group finds at every port, by tier; bytes per microsecond. GPUs that share an adapter have a port in common. */
export interface Ports {
  readonly rates: readonly number[];
  readonly latenciesUs: readonly number[];
  readonly gapsUs: readonly number[];
  /** What the SMs of the communicator move in each direction over all tiers; Infinity for copy engines. */
  readonly engineRate: number;
  /** What a rank sends to itself is read and written; so fast alone. */
  readonly copyRate: number;
  /** Share of that time that adds to that of other messages. */
  readonly copyShare: number;
  /** Bytes that are under way in a full pipeline of chunks: one chunk a channel of each GPU that has the port. */
  readonly pipelineBytes: readonly number[];
  /** Time that filling and draining the pipeline adds to that of the bytes, once it is full. */
  readonly pipelineUs: readonly number[];
}

/** The ports of a machine for a communicator of so many SMs, 0 for copy engines. */
export function portsOf(topology: Topology, sms: number, parameters: CostParameters): Ports {
  const { gpu, tiers } = topology.machine;
  const engineRate = sms === 0 ? Infinity : (sms * parameters.channelBandwidth) / US_PER_S;
  const shared = tiers.map((_, tier) => tierPorts(topology, tier));
  // The fastest tier is written to by peers; every other is a network, whose chunks are smaller.
  const chunks = tiers.map((_, tier) => sms * (tier === 0 ? parameters.peerChunk : parameters.networkChunk));
  return {
    rates: shared.map(({ rate }) => rate),
    latenciesUs: tiers.map((tier) => tier.latency_us),
    gapsUs: tiers.map((tier) => tier.message_gap_us),
    engineRate,
    copyRate: gpu.memory_bandwidth_bytes_per_s / 2 / US_PER_S,
    copyShare: parameters.localCopy,
    pipelineBytes: chunks.map((bytes, tier) => bytes * shared[tier]!.sharers),
    // GPUs that share a port fill their pipelines side by side, each at its part of the rate.
    pipelineUs: chunks.map(
      (bytes, tier) => (parameters.chunkFill * bytes) / Math.min(topology.reachedRate(tier), engineRate),
    ),
  };
}

/**
 * Time in microseconds that a port is busy, latency left out. `bytes` and `messages` go through it; `own` is what its rank sends
 * to itself (a message more, where that tier is the fastest), `engine` all that its rank moves in this direction (of ranks that
 * share it, the busiest).
 */
export function portTime(
  ports: Ports,
  tier: number,
  bytes: number,
  messages: number,
  own: number,
  engine: number,
): number {
  const copied = tier === 0 ? own : 0;
  const copying = (ports.copyShare * copied) / ports.copyRate;
  const move = Math.max(bytes / ports.rates[tier]! + copying, engine / ports.engineRate);
  return move + portHold(ports, tier, bytes, messages, own);
}

/** What of that is not for moving bytes: gaps between messages, and the pipeline, which fills up with the bytes; short groups never fill it. */
export function portHold(ports: Ports, tier: number, bytes: number, messages: number, own: number): number {
  const copied = tier === 0 ? own : 0;
  const capacity = ports.pipelineBytes[tier]!;
  const filled = capacity === 0 ? 0 : 1 - Math.exp(-(bytes + copied) / capacity);
  return ports.gapsUs[tier]! * (messages - 1) + ports.pipelineUs[tier]! * filled;
}

/**
 * Time in microseconds that a message takes besides its way: small ones carry their flags with them (NCCL's LL protocol), large
 * ones wait for buffers and fences (Simple). Where NCCL changes over depends on its version, so the change is gradual.
 */
export const handshakeTime = (bytes: number, { handshake, handshakeBytes }: CostParameters): number =>
  (handshake * bytes) / (bytes + handshakeBytes);

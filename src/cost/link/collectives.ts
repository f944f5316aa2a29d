// Collectives of NCCL among consecutive GPUs: rings, and reductions that the switch makes.
import type { CostParameters } from "../parameters/index.js";
import { busyRate } from "./shared.js";
import { US_PER_S, type Topology } from "./topology.js";

export type Collective = "all_gather" | "reduce_scatter" | "all_reduce";

/** A collective of one machine. `bytes`: the larger of a rank's two buffers, which is nccl-tests' size. */
interface Operation {
  readonly collective: Collective;
  readonly gpus: number;
  readonly bytes: number;
  /** Bytes per microsecond that each GPU passes on over the tier that joins the GPUs, while all do; and its latency. */
  readonly rate: number;
  readonly latencyUs: number;
  /** Bytes per microsecond of a copy in a GPU's memory, which reads and writes. */
  readonly copyRate: number;
  readonly parameters: CostParameters;
}

/** Time in microseconds of a collective among so many GPUs. NCCL takes the faster algorithm. */
export function collectiveTime(
  topology: Topology,
  collective: Collective,
  gpus: number,
  bytes: number,
  parameters: CostParameters,
): number {
  const tier = topology.tierOf(0, gpus - 1);
  const { memory_bandwidth_bytes_per_s: memory } = topology.machine.gpu;
  const operation = {
    ...{ collective, gpus, bytes, parameters },
    rate: busyRate(topology, tier),
    latencyUs: topology.tier(tier).latency_us,
    copyRate: memory / 2 / US_PER_S,
  };
  const moved =
    collective === "all_reduce" ? Math.min(ring(operation), multicast(operation)) : ring(operation);
  return parameters.transferStart + moved + pipeline(operation);
}

/**
 * A ring of n GPUs: n - 1 steps (an all-reduce: twice), in each of which every GPU passes an n-th of the bytes on. A step takes
 * the tier's latency, and more where its data is too large for the low-latency protocol.
 */
function ring({ collective, gpus, bytes, rate, latencyUs, copyRate, parameters }: Operation): number {
  const { ringStepGrowth, ringStepBytes, localCopy } = parameters;
  const part = bytes / gpus;
  const twice = collective === "all_reduce";
  const steps = (gpus - 1) * (twice ? 2 : 1);
  const step = latencyUs * (1 + (ringStepGrowth * part) / (part + ringStepBytes)) + part / rate;
  // Gathering and scattering copy the rank's own part from one buffer to the other.
  return steps * step + (twice ? 0 : (localCopy * part) / copyRate);
}

/**
 * A reduction in the switch (NVLink SHARP): every GPU gives its bytes and takes an n-th of the sums, then gives those and takes
 * all, so bytes * (1 + 1/n) go through a port in each direction. Two GPUs gain nothing by it.
 */
function multicast({ gpus, bytes, rate, parameters: { multicastRate, multicastStart } }: Operation): number {
  if (multicastRate === 0 || gpus <= 2) return Infinity;
  return multicastStart + (bytes * (1 + 1 / gpus)) / (multicastRate * rate);
}

/** Time until the chunks of a collective are all under way. */
const pipeline = ({ bytes, rate, parameters: { ringPipeline } }: Operation): number =>
  (ringPipeline / rate) * (1 - Math.exp(-bytes / ringPipeline));

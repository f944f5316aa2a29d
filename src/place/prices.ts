// What a layer's experts cost: the time of a GPU's rows, and the bytes that tokens take over the tiers.
import { busyRate, groupedGemmTime, parametersOf, Topology } from "../cost/index.js";
import type { Dtype, Machine } from "../plan/index.js";

/** Prices of one layer. A row is a token at one of its experts; a copy is a token that goes to a node, once for all its experts there. */
export interface LayerPrices {
  /** Tokens that each GPU sends. */
  readonly tokensPerGpu: number;
  /** Bytes of a row on its way to the experts, and back. */
  readonly dispatchBytes: number;
  readonly combineBytes: number;
  /** Bytes per microsecond and direction of a GPU's port within its node; Infinity for a single GPU. */
  readonly fastRate: number;
  /** The same between nodes, what GPUs of a node share divided among them; Infinity where there is one node. */
  readonly slowRate: number;
  /** Bytes of an expert's weights: what a replica takes of a GPU's memory, and what moving it moves. */
  readonly expertBytes: number;
  /** Microseconds in which a GPU computes its experts, given the rows of each of them. */
  readonly expertsUs: (rows: readonly number[]) => number;
}

/** A gated expert, two products of hidden x width and one of width x hidden, and how its operands are stored and sent. */
export interface ExpertModel {
  readonly hidden: number;
  readonly width: number;
  readonly weights: Dtype;
  readonly dispatch: Dtype;
  readonly combine: Dtype;
  readonly tokensPerGpu: number;
}

/** DeepSeek-V3 (technical report): fp8 with a float32 scale for each 128 elements to the experts, bf16 back. */
export const deepSeekV3: ExpertModel = {
  ...{ hidden: 7168, width: 2048, weights: "fp8", dispatch: "fp8", combine: "bf16", tokensPerGpu: 4096 },
};

const BYTES: Readonly<Record<Dtype, number>> = { f32: 4, u32: 4, bf16: 2, fp16: 2, fp8: 1 };
/** A float32 scale for each 128 elements of a row in fp8. */
const rowBytes = (elements: number, dtype: Dtype): number =>
  elements * BYTES[dtype] + (dtype === "fp8" ? 4 * Math.ceil(elements / 128) : 0);

/** The activation between the products reads gate and up and writes one result, each in the number format of the results. */
const ACTIVATION_BYTES = 3 * BYTES.bf16;

/** Prices of a gated expert on a machine: grouped products of the device model, ports of the link model. */
export function pricesOf(model: ExpertModel, machine: Machine): LayerPrices {
  const { hidden, width, weights } = model;
  const { gpu, tiers } = machine;
  const parameters = parametersOf(machine);
  const topology = new Topology(machine);
  const rate = (tier: number): number => (tier < tiers.length ? busyRate(topology, tier) : Infinity);
  return {
    tokensPerGpu: model.tokensPerGpu,
    dispatchBytes: rowBytes(hidden, model.dispatch),
    combineBytes: rowBytes(hidden, model.combine),
    fastRate: rate(0),
    slowRate: tiers.length > 1 ? rate(tiers.length - 1) : rate(0),
    expertBytes: 3 * hidden * width * BYTES[weights],
    expertsUs: (groupRows) => {
      const product = (n: number, k: number): number =>
        groupedGemmTime(gpu, { groupRows, n, k }, weights, gpu.sms, parameters);
      const rows = groupRows.reduce((sum, each) => sum + each, 0);
      const passUs = ((rows * width * ACTIVATION_BYTES) / gpu.memory_bandwidth_bytes_per_s) * 1e6;
      return product(2 * width, hidden) + product(hidden, width) + passUs;
    },
  };
}

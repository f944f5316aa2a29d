// A matrix product of several groups of rows, each with weights of its own, as the experts of a rank are. What it takes follows
// from few counts of the groups: rows, groups that have any, and tiles they fill.
import type { Dtype, Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { overlapped } from "./gemm.js";
import { groupedKernelOf, type GroupedKernel } from "./grouped-kernels.js";
import { memoryTime } from "./memory.js";
import { peakFlops } from "./roofline.js";
import { tiles, tileTime, waves } from "./tiles.js";

/** Groups of rows that are multiplied by matrices of k x n. */
export interface GroupedProduct {
  readonly groupRows: readonly number[];
  readonly n: number;
  readonly k: number;
  /** Bytes that it moves, where something is fused with it; else its operands and its result, once each. */
  readonly bytes?: number;
}

/** Groups, counted. Rows may be expected ones: a group of less than one is there with that chance. */
export interface CountedGroups {
  readonly rows: number;
  /** Groups that have rows: their weights are read. */
  readonly active: number;
  /** Rows of tiles that the groups fill, for each of `TILE_HEIGHTS`: a tile has rows of one group alone. */
  readonly tileRows: readonly number[];
}

export const TILE_HEIGHTS: readonly number[] = [...new Set(tiles.map(({ rows }) => rows))];

const TILES = tiles.map((tile) => ({ tile, height: TILE_HEIGHTS.indexOf(tile.rows) }));

/** Results are written in 16 bits. */
const RESULT_BYTES = 2;

export function countGroups(groupRows: readonly number[]): CountedGroups {
  let rows = 0;
  let active = 0;
  for (const each of groupRows) {
    rows += each;
    active += Math.min(1, each);
  }
  return { rows, active, tileRows: TILE_HEIGHTS.map((height) => tileRowsOf(groupRows, height)) };
}

function tileRowsOf(groupRows: readonly number[], height: number): number {
  let count = 0;
  for (const each of groupRows) count += each < 1 ? each : Math.ceil(each / height);
  return count;
}

/**
 * Time in microseconds of the kernel that multiplies groups of rows, from its start to its end. Empty groups cost nothing, and
 * so does a product without rows.
 */
export function groupedGemmTime(
  gpu: Gpu,
  { groupRows, n, k, bytes }: GroupedProduct,
  dtype: Dtype | undefined,
  sms: number,
  parameters: CostParameters,
): number {
  const groups = countGroups(groupRows);
  if (groups.rows === 0) return 0;
  const kernel = groupedKernelOf(dtype, gpu);
  return parameters.kernelStart + groupedTime(gpu, groups, { n, k, bytes }, kernel, { sms, parameters });
}

/**
 * Microseconds of the product itself, with the best of the tiles: arithmetic in waves of tiles over the SMs, which the reading
 * of the weights and rows goes on beside.
 */
export function groupedTime(
  gpu: Gpu,
  groups: CountedGroups,
  { n, k, bytes }: { readonly n: number; readonly k: number; readonly bytes?: number | undefined },
  kernel: GroupedKernel,
  { sms, parameters }: { readonly sms: number; readonly parameters: CostParameters },
): number {
  if (groups.rows === 0) return 0;
  const weightBytes = kernel.weightBytes * groups.active * n * k;
  const rowBytes =
    bytes === undefined
      ? groups.rows * (kernel.activationBytes * k + RESULT_BYTES * n)
      : Math.max(0, bytes - weightBytes);
  const rates = {
    smFlops: (peakFlops(gpu, kernel.rate) / gpu.sms) * parameters[kernel.efficiency],
    smBandwidth: gpu.memory_bandwidth_bytes_per_s / gpu.sms,
  };
  const reach = parameters.memoryEfficiency / parameters[kernel.bandwidth];
  const readTime = (moved: number, count: number): number =>
    memoryTime(gpu, moved, Math.min(sms, Math.max(1, count)), parameters) * reach;
  if (rates.smFlops === 0) return readTime(weightBytes + rowBytes, sms);
  let best = Infinity;
  for (const { tile, height } of TILES) {
    if (tile.rows < kernel.leastTileRows) continue;
    const columns = Math.ceil(n / tile.columns);
    const count = groups.tileRows[height]! * columns;
    const arithmetic =
      parameters.pipelineFill + waves(count, sms, parameters) * tileTime(tile, k, rates, parameters);
    // Tiles that lie one below the other have the same weights, which are read once: with few columns few SMs read.
    const memory = readTime(weightBytes, groups.active * columns) + readTime(rowBytes, count);
    best = Math.min(best, overlapped(arithmetic, memory, parameters));
  }
  return best;
}

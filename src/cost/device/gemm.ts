// A matrix product: the best of several tile shapes and divisions of k, as libraries choose them. A choice takes the longer of
// its arithmetic, in waves of tiles, and of its bytes, and a part of the shorter that is not hidden behind it.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { gemmFormats, type GemmFormat, type GemmFormatName } from "./formats.js";
import { memoryTime, rowKernelTime } from "./memory.js";
import { peakFlops } from "./roofline.js";
import { tiles, tileTime, waves, type Tile } from "./tiles.js";

export interface GemmShape {
  readonly rows: number;
  readonly n: number;
  readonly k: number;
}

/** Numbers of parts that k may be divided into. */
const DIVISIONS = [1, 2, 3, 4, 6, 8, 16];
/** Partial results of a divided k are written in 32 bits. */
const PARTIAL_BYTES = 4;
const RESULT_BYTES = 2;
const BF16_BYTES = 2;

/** Bytes of a product's operands and result, each once. */
export const gemmBytes = ({ rows, n, k }: GemmShape, format: GemmFormat): number =>
  format.weightBytes * n * k + format.activationBytes * rows * k + RESULT_BYTES * rows * n;

/** Time in microseconds of a product from its start to its end, with what its format asks for before it. */
export function gemmTime(
  gpu: Gpu,
  shape: GemmShape,
  name: GemmFormatName,
  sms: number,
  parameters: CostParameters,
): number {
  const format = gemmFormats[name];
  return (
    parameters.kernelStart +
    formatTime(gpu, shape, format, sms, parameters) +
    productTime(gpu, { groupRows: [shape.rows], n: shape.n, k: shape.k }, format, gemmBytes(shape, format), {
      sms,
      parameters,
    })
  );
}

/** Microseconds that a format takes besides its product: its own start, and the cast of the activations. */
export function formatTime(
  gpu: Gpu,
  { rows, k }: GemmShape,
  format: GemmFormat,
  sms: number,
  parameters: CostParameters,
): number {
  const start = format.start === undefined ? 0 : parameters[format.start];
  if (!format.casts) return start;
  const bytes = rows * k * (BF16_BYTES + format.activationBytes);
  return start + rowKernelTime(gpu, bytes, sms, parameters);
}

/** Bytes that a product reads less where its activations were cast before it. */
export const castSaves = ({ rows, k }: GemmShape, { casts, activationBytes }: GemmFormat): number =>
  casts ? rows * k * (BF16_BYTES - activationBytes) : 0;

interface Means {
  readonly sms: number;
  readonly parameters: CostParameters;
}

/** Microseconds of a product alone, of one or several groups of rows with weights of their own, without the kernel's start. */
export function productTime(
  gpu: Gpu,
  { groupRows, n, k }: { readonly groupRows: readonly number[]; readonly n: number; readonly k: number },
  format: GemmFormat,
  bytes: number,
  { sms, parameters }: Means,
): number {
  const rates = {
    smFlops: (peakFlops(gpu, format.rate) / gpu.sms) * parameters[format.efficiency],
    smBandwidth: gpu.memory_bandwidth_bytes_per_s / gpu.sms,
  };
  if (rates.smFlops === 0) return memoryTime(gpu, bytes, sms, parameters);
  const bandwidthShare = format.bandwidth === undefined ? 1 : parameters[format.bandwidth];
  const rows = groupRows.reduce((sum, each) => sum + each, 0);
  let best = Infinity;
  for (const tile of tiles) {
    if (Math.min(tile.rows, tile.columns) < format.leastEdge) continue;
    const count = tileRowsOf(groupRows, tile) * Math.ceil(n / tile.columns);
    if (count === 0) continue;
    for (const parts of DIVISIONS) {
      // Parts are for SMs that would stand idle.
      if (parts > 1 && (!format.splits || count >= sms)) break;
      const busy = Math.min(sms, count * parts);
      const arithmetic = waves(count * parts, sms, parameters) * tileTime(tile, k / parts, rates, parameters);
      const partial = parts === 1 ? 0 : PARTIAL_BYTES * parts * rows * n * parameters.partialTraffic;
      const memory = memoryTime(gpu, bytes + partial, busy, parameters) / bandwidthShare;
      const time = overlapped(arithmetic, memory, parameters) + (parts === 1 ? 0 : parameters.splitStart);
      if (time < best) best = time;
    }
  }
  return best === Infinity ? memoryTime(gpu, bytes, sms, parameters) : best;
}

/** Rows of tiles: each group has its own. */
function tileRowsOf(groupRows: readonly number[], { rows }: Tile): number {
  let count = 0;
  for (const each of groupRows) count += Math.ceil(each / rows);
  return count;
}

/** The longer of two times that go on side by side, and the part of the shorter that shows. */
export const overlapped = (one: number, other: number, { unhidden }: CostParameters): number =>
  Math.max(one, other) + unhidden * Math.min(one, other);

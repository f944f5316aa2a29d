// Tiles of a matrix product: which shapes libraries choose from, how long one takes on one SM, and in how many waves the SMs
// do them.
import type { CostParameters } from "../parameters/index.js";

/** Rows and columns of the result that one SM computes at a time. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/** Shapes that the kernels of CUTLASS, cuBLAS and DeepGEMM come in, by area. */
export const tiles: readonly Tile[] = [
  { rows: 16, columns: 128 },
  { rows: 64, columns: 64 },
  { rows: 64, columns: 128 },
  { rows: 128, columns: 64 },
  { rows: 128, columns: 128 },
  { rows: 128, columns: 256 },
  { rows: 256, columns: 128 },
  { rows: 256, columns: 256 },
];

/** Results are written in 16 bits. */
const RESULT_BYTES = 2;

/**
 * Share of an SM's rate that a tile leaves to arithmetic: for each step along k it loads its rows and its columns and multiplies
 * all pairs of them, so the smaller tile spends more on loading. As `operandEdge` is in elements of any format, a format that
 * multiplies twice as fast has elements of half the size.
 */
export const tileShare = ({ rows, columns }: Tile, { operandEdge }: CostParameters): number =>
  1 / (1 + (operandEdge / 2) * (1 / rows + 1 / columns));

/** Waves in which so many SMs do so many tiles, with the idle part of the last one charged by `lastWave`; at least one. */
export function waves(count: number, sms: number, { lastWave }: CostParameters): number {
  const exact = count / sms;
  return Math.max(1, exact + lastWave * (Math.ceil(exact) - exact));
}

/**
 * Microseconds of one tile on its SM: its k steps, and the part of writing its result that is not hidden behind the next tile.
 * @param smFlops FLOP/s of an SM in the product's format
 * @param smBandwidth bytes per second, one SM's share of the memory's peak
 */
export function tileTime(
  tile: Tile,
  k: number,
  { smFlops, smBandwidth }: { readonly smFlops: number; readonly smBandwidth: number },
  parameters: CostParameters,
): number {
  const area = tile.rows * tile.columns;
  const arithmetic = (2 * area * k) / (smFlops * tileShare(tile, parameters));
  const store = (parameters.tileStore * area * RESULT_BYTES) / smBandwidth;
  return (arithmetic + store) * 1e6;
}

// The demands that exchanges are measured with: tokens of DeepSeek-V3's size to 8 experts each, from every GPU alike.
import { Random } from "../../random.js";

/** Bytes of a token: 7,168 values in fp8 and their scales. */
export const ROW_BYTES = 7392;
const TOP_K = 8;

export const demandKinds = ["uniform", "destination-popular", "heavy-tailed"] as const;
export type DemandKind = (typeof demandKinds)[number];

/** [source * gpus + destination] rows; the mean GPU sends `tokens` tokens. */
export function rowsOf(kind: DemandKind, gpus: number, tokens: number, seed: number): Float64Array {
  const weights = weightsOf(kind, gpus, new Random(seed));
  const sum = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => (each * tokens * TOP_K * gpus) / sum);
}

function weightsOf(kind: DemandKind, gpus: number, random: Random): Float64Array {
  switch (kind) {
    case "uniform":
      return new Float64Array(gpus * gpus).fill(1);
    case "destination-popular": {
      const popular = popularity(gpus, random);
      return Float64Array.from({ length: gpus * gpus }, (_, at) => popular[at % gpus]!);
    }
    case "heavy-tailed":
      return Float64Array.from({ length: gpus * gpus }, () => pareto(random.next()));
    default:
      throw new Error(`unknown demand ${String(kind satisfies never)}`);
  }
}

/** [GPU] sums of its experts, of which the n-th is chosen 1 / n as often as the first; the order of experts is random. */
function popularity(gpus: number, random: Random): Float64Array {
  const experts = Math.max(256, gpus);
  const shares = Array.from({ length: experts }, (_, rank) => 1 / (rank + 1));
  for (let at = experts - 1; at > 0; at--) {
    const other = Math.floor(random.next() * (at + 1));
    [shares[at], shares[other]] = [shares[other]!, shares[at]!];
  }
  const sums = new Float64Array(gpus);
  shares.forEach((share, expert) => (sums[Math.floor((expert * gpus) / experts)]! += share));
  return sums;
}

const SHAPE = 1.1;
/** A pair has at most so many times the mean (of the untruncated distribution). */
const MOST = 200;

const pareto = (uniform: number): number =>
  Math.min((1 - uniform) ** (-1 / SHAPE), (MOST * SHAPE) / (SHAPE - 1));

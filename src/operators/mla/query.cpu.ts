// Queries of mla from their normed latent, or from x where there is none; the same as query.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type QueryParams = Params<
  | ("x" | "latent" | "gain" | "w" | "out" | "row_begin" | "row_end")
  | ("width" | "q_rank" | "latent_width" | "n" | "epsilon")
>;

export function query({ f32 }: KernelMemory, p: QueryParams): void {
  const sums = new Float64Array(p.n);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const latent = p.latent + row * p.latent_width;
    const source =
      p.q_rank > 0
        ? normed(f32, { begin: latent, width: p.q_rank, gain: p.gain, epsilon: p.epsilon })
        : f32.subarray(p.x + row * p.width, p.x + (row + 1) * p.width);
    sums.fill(0);
    for (let i = 0; i < source.length; i++) {
      const factor = source[i]!;
      for (let column = 0; column < p.n; column++) sums[column]! += factor * f32[p.w + i * p.n + column]!;
    }
    f32.set(sums, p.out + row * p.n);
  }
}

/** RMSNorm of the `width` elements from `begin` on, with the gain that begins at `gain`. */
export function normed(
  f32: Float32Array,
  { begin, width, gain, epsilon }: { begin: number; width: number; gain: number; epsilon: number },
): Float64Array {
  const values = new Float64Array(width);
  let squares = 0;
  for (let i = 0; i < width; i++) squares += f32[begin + i]! * f32[begin + i]!;
  const factor = 1 / Math.sqrt(squares / width + epsilon);
  for (let i = 0; i < width; i++) values[i] = f32[begin + i]! * factor * f32[gain + i]!;
  return values;
}

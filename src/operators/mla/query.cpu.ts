// Queries of mla from their normed latent, or from x where there is none; the same as query.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type QueryParams = Params<
  | ("x" | "latent" | "gain" | "w" | "out" | "row_begin" | "row_end")
  | ("width" | "q_rank" | "latent_width" | "n" | "epsilon")
>;

export function query({ f32 }: KernelMemory, p: QueryParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const latent = p.latent + row * p.latent_width;
    const source =
      p.q_rank > 0
        ? normed(f32, { begin: latent, width: p.q_rank, gain: p.gain, epsilon: p.epsilon })
        : f32.subarray(p.x + row * p.width, p.x + (row + 1) * p.width);
    for (let column = 0; column < p.n; column++) {
      let sum = 0;
      for (let i = 0; i < source.length; i++) sum += source[i]! * f32[p.w + i * p.n + column]!;
      f32[p.out + row * p.n + column] = sum;
    }
  }
}

/** RMSNorm of the `width` elements from `begin` on, with the gain that begins at `gain`. */
export function normed(
  f32: Float32Array,
  { begin, width, gain, epsilon }: { begin: number; width: number; gain: number; epsilon: number },
): Float64Array {
  const values = Float64Array.from(f32.subarray(begin, begin + width));
  const squares = values.reduce((sum, each) => sum + each * each, 0);
  const factor = 1 / Math.sqrt(squares / width + epsilon);
  return values.map((each, i) => each * factor * f32[gain + i]!);
}

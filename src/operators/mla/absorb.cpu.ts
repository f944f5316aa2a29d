// Queries as they meet the cache: in terms of latents, and turned; the same as absorb.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { rotated } from "../kernels/rope.js";

type AbsorbParams = Params<
  | ("q" | "w_uk" | "out" | "row_begin" | "row_end" | "length" | "context")
  | ("heads" | "kv_rank" | "nope" | "rope" | "theta")
>;

export function absorb({ f32 }: KernelMemory, p: AbsorbParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const position = p.context + (row % p.length);
    for (let head = 0; head < p.heads; head++) {
      const q = p.q + (row * p.heads + head) * (p.nope + p.rope);
      const out = p.out + (row * p.heads + head) * (p.kv_rank + p.rope);
      for (let component = 0; component < p.kv_rank; component++) {
        const keys = p.w_uk + (component * p.heads + head) * p.nope;
        let sum = 0;
        for (let i = 0; i < p.nope; i++) sum += f32[q + i]! * f32[keys + i]!;
        f32[out + component] = sum;
      }
      for (let pair = 0; pair < p.rope / 2; pair++)
        f32.set(
          rotated(f32, q + p.nope, { pair, dim: p.rope, position, theta: p.theta }),
          out + p.kv_rank + 2 * pair,
        );
    }
  }
}

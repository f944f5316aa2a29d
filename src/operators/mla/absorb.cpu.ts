// Queries as they meet the cache: in terms of latents, and turned; the same as absorb.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { rotate, turns } from "../kernels/rope.js";

type AbsorbParams = Params<
  | ("q" | "w_uk" | "out" | "row_begin" | "row_end" | "length" | "context")
  | ("heads" | "kv_rank" | "nope" | "rope" | "theta")
>;

export function absorb({ f32 }: KernelMemory, p: AbsorbParams): void {
  const pairs = p.rope / 2;
  const angles = turns({ ...p, dim: p.rope });
  for (let row = p.row_begin; row < p.row_end; row++)
    for (let head = 0; head < p.heads; head++) {
      const q = p.q + (row * p.heads + head) * (p.nope + p.rope);
      const out = p.out + (row * p.heads + head) * (p.kv_rank + p.rope);
      for (let component = 0; component < p.kv_rank; component++) {
        const keys = p.w_uk + (component * p.heads + head) * p.nope;
        let sum = 0;
        for (let i = 0; i < p.nope; i++) sum += f32[q + i]! * f32[keys + i]!;
        f32[out + component] = sum;
      }
      const key = out + p.kv_rank;
      for (let pair = 0; pair < pairs; pair++)
        rotate(f32, q + p.nope + 2 * pair, angles[(row % p.length) * pairs + pair]!, f32, key + 2 * pair);
    }
}

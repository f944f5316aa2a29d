// Appends normed latents and turned rope keys to the cache; the same as cache.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { rotate, turns } from "../kernels/rope.js";
import { normed } from "./query.cpu.js";

type CacheParams = Params<
  | ("latent" | "gain" | "state" | "row_begin" | "row_end" | "length" | "context")
  | ("q_rank" | "kv_rank" | "rope" | "theta" | "epsilon")
>;

export function cache({ f32 }: KernelMemory, p: CacheParams): void {
  const pairs = p.rope / 2;
  const angles = turns({ ...p, dim: p.rope });
  for (let row = p.row_begin; row < p.row_end; row++) {
    const position = p.context + (row % p.length);
    const latent = p.latent + row * (p.q_rank + p.kv_rank + p.rope) + p.q_rank;
    const index = Math.floor(row / p.length) * (p.context + p.length) + position;
    const cached = p.state + index * (p.kv_rank + p.rope);
    f32.set(normed(f32, { begin: latent, width: p.kv_rank, gain: p.gain, epsilon: p.epsilon }), cached);
    for (let pair = 0; pair < pairs; pair++) {
      const angle = angles[(row % p.length) * pairs + pair]!;
      rotate(f32, latent + p.kv_rank + 2 * pair, angle, f32, cached + p.kv_rank + 2 * pair);
    }
  }
}

// Turns queries and keys for their positions and appends keys and values to the cache; the same as cache.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { rotate, turns } from "../kernels/rope.js";

type CacheParams = Params<
  | ("qkv" | "q" | "state" | "row_begin" | "row_end" | "length" | "context")
  | ("heads" | "kv_heads" | "head_dim" | "theta")
>;

export function cache({ f32 }: KernelMemory, p: CacheParams): void {
  const queryWidth = p.heads * p.head_dim;
  const keyWidth = p.kv_heads * p.head_dim;
  const width = queryWidth + 2 * keyWidth;
  const pairs = p.head_dim / 2;
  const angles = turns({ ...p, dim: p.head_dim });
  for (let row = p.row_begin; row < p.row_end; row++) {
    const position = p.context + (row % p.length);
    const cached = Math.floor(row / p.length) * (p.context + p.length) + position;
    const from = p.qkv + row * width;
    for (let component = 0; component < width; component += 2) {
      const to =
        component < queryWidth
          ? p.q + row * queryWidth + component
          : p.state + cached * 2 * keyWidth + component - queryWidth;
      const pair = (component % p.head_dim) / 2;
      if (component < queryWidth + keyWidth)
        rotate(f32, from + component, angles[(row % p.length) * pairs + pair]!, f32, to);
      else f32.copyWithin(to, from + component, from + component + 2);
    }
  }
}

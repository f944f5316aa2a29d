// Causal attention to the cached rows; the same as attention.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "./define.js";

type AttentionParams = Params<
  | ("q" | "state" | "out" | "row_begin" | "row_end" | "length" | "context")
  | ("heads" | "kv_heads" | "key_dim" | "value_dim" | "state_width" | "value_begin" | "scale")
>;

export function attention({ f32 }: KernelMemory, p: AttentionParams): void {
  const scores = new Float64Array(p.context + p.length);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const sequence = p.state + Math.floor(row / p.length) * (p.context + p.length) * p.state_width;
    const positions = p.context + (row % p.length) + 1;
    for (let head = 0; head < p.heads; head++) {
      const kvHead = Math.floor((head * p.kv_heads) / p.heads);
      const q = p.q + (row * p.heads + head) * p.key_dim;
      let largest = -Infinity;
      for (let position = 0; position < positions; position++) {
        const key = sequence + position * p.state_width + kvHead * p.key_dim;
        let dot = 0;
        for (let i = 0; i < p.key_dim; i++) dot += f32[q + i]! * f32[key + i]!;
        scores[position] = dot * p.scale;
        largest = Math.max(largest, scores[position]!);
      }
      let total = 0;
      for (let position = 0; position < positions; position++)
        total += scores[position] = Math.exp(scores[position]! - largest);
      for (let column = 0; column < p.value_dim; column++) {
        const value = sequence + p.value_begin + kvHead * p.value_dim + column;
        let weighted = 0;
        for (let position = 0; position < positions; position++)
          weighted += scores[position]! * f32[value + position * p.state_width]!;
        f32[p.out + (row * p.heads + head) * p.value_dim + column] = weighted / total;
      }
    }
  }
}

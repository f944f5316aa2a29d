// Each head's attended latent times the head's value matrix; the same as value.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type ValueParams = Params<
  "latent" | "w_uv" | "out" | "row_begin" | "row_end" | "heads" | "kv_rank" | "value"
>;

export function value({ f32 }: KernelMemory, p: ValueParams): void {
  const columns = p.heads * p.value;
  for (let row = p.row_begin; row < p.row_end; row++)
    for (let column = 0; column < columns; column++) {
      const latent = p.latent + (row * p.heads + Math.floor(column / p.value)) * p.kv_rank;
      let sum = 0;
      for (let i = 0; i < p.kv_rank; i++) sum += f32[latent + i]! * f32[p.w_uv + i * columns + column]!;
      f32[p.out + row * columns + column] = sum;
    }
}

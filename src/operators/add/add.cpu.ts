// The sum of two values, element by element; the same as add.wgsl. `out` may be the memory of `a` or `b`.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type AddParams = Params<"a" | "b" | "out" | "row_begin" | "row_end" | "width">;

export function add({ f32 }: KernelMemory, p: AddParams): void {
  for (let element = p.row_begin * p.width; element < p.row_end * p.width; element++)
    f32[p.out + element] = f32[p.a + element]! + f32[p.b + element]!;
}

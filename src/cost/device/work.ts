// What a kernel has to do, as plans state it, evaluated for one rank.
import type { Dtype } from "../../plan/index.js";

/** A matrix product; rows of each group, so that uneven groups pay for their padding to tiles. */
export interface GemmWork {
  readonly groupRows: readonly number[];
  readonly n: number;
  readonly k: number;
}

/** What a kernel costs, evaluated for one rank. */
export interface ComputeWork {
  readonly class: "gemm" | "attention" | "memory";
  readonly flops: number;
  readonly bytes: number;
  readonly dtype?: Dtype;
  readonly gemm?: GemmWork;
}

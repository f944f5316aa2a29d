// What an execution reports: the object that `weft run --json` prints, without its diagnostics.
import type { Reduction } from "../plan/index.js";
import type { PlanAmounts } from "./amounts.js";
import type { Failure } from "./failure.js";
import type { RoundAmounts } from "./rounds.js";

export interface LayerResult {
  readonly layer: number;
  readonly block: string;
  readonly max_relative_error: number;
  readonly ties: number;
  /** Rows that a rank received in an exchange of this layer: the fewest and the most. */
  readonly received_rows?: RowCounts;
}

export interface RowCounts {
  readonly min: number;
  readonly max: number;
}

export interface RunResult {
  readonly format: "weft.run/1";
  readonly ok: boolean;
  readonly backend: "cpu" | "webgpu";
  /** Name of the GPU, on WebGPU. */
  readonly adapter?: string;
  /** Decides the order of launches alone. */
  readonly seed: number;
  /** Decides weights and inputs alone. */
  readonly data_seed: number;
  readonly ranks: number;
  /** Dimensions that the miniature changed. */
  readonly reduced: readonly Reduction[];
  /** What was executed. */
  readonly executed: PlanAmounts;
  /** What the whole plan would execute, with expected sizes of what is known only at run time. */
  readonly of: PlanAmounts;
  readonly tolerance: number;
  /** Tokens whose choice of experts is a tie, over all layers. */
  readonly ties: number;
  /** Over the layers that were compared; null where there is none. */
  readonly max_relative_error: number | null;
  readonly layers: readonly LayerResult[];
  /** Of all choices of experts, in order of layer and token, each token's ascending, ties left out. */
  readonly routing_sha256: string;
  readonly received_rows?: RowCounts;
  /** What of `executed` was executed in rounds; absent where every exchange stayed within its bound. */
  readonly in_rounds?: RoundAmounts;
  readonly failure?: Failure;
}

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
  /** What `capacity` dropped of this layer's pairs. */
  readonly dropped?: DroppedPairs;
  /** Where the ranks of an exchange of this layer are on several nodes. */
  readonly crossings?: CrossingCounts;
}

/** What of a token goes to other nodes, on average: counted from executed choices, and expected from the routing's loads. */
export interface CrossingCounts {
  /** Tokens times exchanges. */
  readonly tokens: number;
  /** Other nodes that have experts of a token. */
  readonly nodes_per_token: number;
  readonly expected_nodes_per_token: number;
  /** GPUs on other nodes that do. */
  readonly gpus_per_token: number;
  readonly expected_gpus_per_token: number;
  /** Experts on other nodes. */
  readonly experts_per_token: number;
  /** Copies that node-aware exchanges sent to other nodes, as the hosts of the senders read their numbers. */
  readonly sent_copies_per_token?: number;
}

/** Pairs (token, expert). */
export interface DroppedPairs {
  readonly pairs: number;
  readonly of: number;
}

export interface RowCounts {
  readonly min: number;
  readonly max: number;
}

export interface RunResult {
  readonly format: "weft.run/1";
  readonly ok: boolean;
  readonly backend: "cpu" | "webgpu" | "cuda-emulated";
  /** Name of the GPU, on WebGPU. */
  readonly adapter?: string;
  /** By which rule the emulated GPUs go on, on cuda-emulated. */
  readonly order?: "first-in" | "random" | "priorities";
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
  /** What `capacity` dropped of all pairs. */
  readonly dropped?: DroppedPairs;
  /** Over all layers; absent where no exchange's ranks are on several nodes. */
  readonly crossings?: CrossingCounts;
  /** What of `executed` was executed in rounds; absent where every exchange stayed within its bound. */
  readonly in_rounds?: RoundAmounts;
  readonly failure?: Failure;
}

// What the execution of an exchange reports: the object that `weft run --json` prints, without its diagnostics.
import type { Reduction } from "../../plan/index.js";
import type { ExchangeFailure } from "./failure.js";
import type { TrafficKind } from "./traffic.js";

export interface ExchangeRunResult {
  readonly format: "weft.run/1";
  readonly ok: boolean;
  readonly backend: "cpu" | "webgpu";
  /** Name of the GPU, on WebGPU. */
  readonly adapter?: string;
  /** Decides the order in which ranks go on and messages move, alone. */
  readonly seed: number;
  /** Decides traffic and what rows hold, alone. */
  readonly data_seed: number;
  /** `given` where it was not drawn. */
  readonly traffic: TrafficKind | "given";
  readonly direction: "dispatch" | "combine";
  readonly ranks: number;
  readonly launches: number;
  /** What is less than in the plan. */
  readonly reduced: readonly Reduction[];
  readonly row_bytes: number;
  /** Tokens of all ranks, and rows for all their destinations. */
  readonly tokens: number;
  readonly rows: number;
  /** Messages between ranks, and what crosses each tier with them. */
  readonly messages: number;
  readonly bytes_per_tier: Readonly<Record<string, number>>;
  readonly failure?: ExchangeFailure;
}

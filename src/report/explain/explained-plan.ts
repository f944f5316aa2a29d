// The tables of an explanation, for one plan: what they hold is said where each is made. Times in microseconds, sizes in bytes.
import type { LaunchPlan, Prediction } from "../../plan/index.js";
import type { TransportPrice, Variation } from "../../simulate/index.js";
import type { MeasuredReport } from "../measured/report.js";
import type { WithoutProfile } from "../measured/without.js";
import type { Choice } from "./choices.js";
import type { ExchangeTime } from "./exchange-times.js";
import type { GrowingPart } from "./growth.js";
import type { Heat } from "./heat.js";
import type { HiddenTransfer } from "./hiding.js";
import type { Losses } from "./losses.js";
import type { PlacedExperts } from "./placed-layers.js";
import type { Standstill } from "./standstills.js";
import type { WaitedFor } from "./waits.js";

export interface ExplainedPlan extends Prediction {
  readonly schedule: string;
  readonly model: string;
  readonly mode: LaunchPlan["schedule"]["mode"];
  readonly machine: string;
  readonly ranks: number;
  readonly micro_batches: number;
  readonly tokens_per_micro_batch?: number;
  readonly decisions: readonly Choice[];
  /** Prices that were measured, where any were. */
  readonly profile?: MeasuredReport;
  /** What the models alone would have given, where that was worked out. */
  readonly without_profile?: WithoutProfile;
  /** The longest run of equal layers, to which `transfers` refers. */
  readonly run: { readonly block: string; readonly first: number; readonly layers: number };
  readonly losses: Losses;
  readonly lower_bounds: readonly { readonly bound_by: string; readonly time_us: number }[];
  readonly exchanges: readonly ExchangeTime[];
  readonly transfers: readonly HiddenTransfer[];
  readonly standstills: readonly Standstill[];
  readonly waited_for: WaitedFor;
  readonly loads: readonly Heat[];
  readonly placed: readonly PlacedExperts[];
  readonly if_free: readonly { readonly name: Variation["name"]; readonly step_time_us: number }[];
  /** The step with each transport, that of the plan first. */
  readonly transports: readonly {
    readonly transport: TransportPrice["transport"];
    readonly step_time_us: number;
  }[];
  readonly memory: { readonly available_bytes: number; readonly parts: readonly GrowingPart[] };
}

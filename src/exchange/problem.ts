// An all-to-all as the search takes it.
import type { CostParameters } from "../cost/index.js";
import type { Machine } from "../plan/index.js";

export interface ExchangeProblem {
  readonly machine: Machine;
  /** Price parameters, those that the machine was measured to differ in included. */
  readonly parameters: CostParameters;
  /** [source * ranks + destination] rows; ranks are the machine's GPUs. A combine: those of the dispatch that it undoes. */
  readonly rows: Float64Array;
  /** [source * nodes + node] tokens of a source that have a destination on a node; absent where rows are not known to share tokens. */
  readonly copies?: Float64Array;
  /** A row is never divided. */
  readonly rowBytes: number;
  readonly direction: "dispatch" | "combine";
  /** Combine only: whether rows of one token may be added before they cross nodes. */
  readonly partialSums: boolean;
  /** SMs of the communicator; chosen where absent. */
  readonly sms?: number;
  /** The algorithm, where it is not for the price to decide. */
  readonly algorithm?: string;
  /** See `ExchangePlan.capacity_rows`. */
  readonly capacityRows?: number;
}

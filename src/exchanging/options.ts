// What an exchange alone is asked for, and how its traffic may be given: as a file, or as the data itself.
import type { ExchangePlan } from "../exchange-plan/index.js";

type Matrix = readonly (readonly number[])[];

/** Data in the shape of a JSON file of traffic, see src/importers/traffic/FORMATS.md. */
export interface TrafficData {
  readonly bytes?: Matrix;
  readonly rows?: Matrix;
  readonly row_bytes?: number;
  readonly node_bytes?: Matrix;
  readonly copies?: Matrix;
  /** [source][token] ranks that it goes to. */
  readonly tokens?: readonly (readonly (readonly number[])[])[];
}

export interface ExchangeOptions {
  /** A path (`-` is the standard input), bytes [source][destination], or what a JSON file would hold. */
  readonly traffic: string | Matrix | TrafficData;
  /** A file with a cluster, of the library or not. */
  readonly cluster: string;
  /** GPUs of a node, where the cluster leaves it open. */
  readonly nodeSize?: number | undefined;
  /** `CLUSTER.PARAMETER=VALUE`, each. */
  readonly overrides?: readonly string[] | undefined;
  /** `combine`: the way back of this traffic; `dispatch` where absent. */
  readonly direction?: ExchangePlan["direction"] | undefined;
  /** Combine only: whether rows of one token may be added before they cross nodes. */
  readonly partialSums?: boolean | undefined;
  /** The algorithm, where it is not for the price to decide. */
  readonly algorithm?: string | undefined;
  /** SMs of the communicator, a power of two up to 64; chosen where absent. */
  readonly sms?: number | undefined;
  /** Bytes of a row, which is never divided; what the file says, or 1 for bytes, where absent. */
  readonly rowBytes?: number | undefined;
  /** Rows that a rank may receive, beyond which the exchange stops: a number, or a multiple of their mean over ranks. */
  readonly capacityRows?: number | undefined;
  readonly bound?: number | undefined;
}

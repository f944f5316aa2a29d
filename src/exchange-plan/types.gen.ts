// Generated from schema.json by `npm run generate`. Do not edit.
import type {Machine} from "../plan/index.js";

/**
 * Pairs of nodes whose ranks' pairs a route takes.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Pairs".
 */
export type Pairs = AllPairs | PairsWithin | PairsByShift | PairOfNodes;
/**
 * All pairs of ranks.
 */
export type AllPairs = "all";
/**
 * Pairs of ranks of one node, a rank and itself included.
 */
export type PairsWithin = "within";

/**
 * The schedule of one all-to-all: which way every pair's rows take, and in which order. Routes name shares of whatever rows a pair has, so that the plan is right for any traffic; the traffic that it was made for stands beside it.
 */
export interface ExchangePlan {
  /**
   * Format and version.
   */
  format: "weft.exchange/1";
  machine: Machine;
  /**
   * GPUs that exchange: all of the machine.
   */
  ranks: number;
  /**
   * Ranks of a node, a unit of the machine's fastest tier: ranks n * ranks_per_node and following.
   */
  ranks_per_node: number;
  /**
   * `combine`: launches run in reverse order and every hop goes backwards; `demand`, `routes` and `spreads` are those of the dispatch that it undoes.
   */
  direction: "dispatch" | "combine";
  /**
   * Bytes of a row, which is never divided.
   */
  row_bytes: number;
  /**
   * Whether a token crosses nodes once for all of its destinations on a node. Then routes across nodes are `forward` or `spread`, whose relays take copies apart.
   */
  copies: boolean;
  /**
   * Combine only: whether what the destinations of a node give back for one token is added there before it crosses; without, every row crosses.
   */
  partial_sums: boolean;
  /**
   * Rows that a rank may receive, or hold for others; with more of them the exchange stops with an error. Any number where absent.
   */
  capacity_rows?: number;
  communicator: Communicator;
  demand: Demand;
  /**
   * In the order in which every rank issues them (a combine: in reverse). Each is one group of sends and receives.
   */
  launches: ExchangeLaunch[];
  /**
   * How rows are divided over the rails of their node.
   */
  spreads: Spread[];
  /**
   * Together they take every row of every pair of ranks, once.
   */
  routes: Route[];
  why?: ExchangeWhy;
}
/**
 * The communicator of all launches.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Communicator".
 */
export interface Communicator {
  /**
   * Its name.
   */
  name: string;
  /**
   * SMs (channels of NCCL) that it has, a power of two; 0 for copy engines.
   */
  sms: number;
}
/**
 * A table with equal rows stored once.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Table".
 */
export interface Table {
  /**
   * The different rows.
   */
  profiles: number[][];
  /**
   * [row] its profile; a single entry stands for all rows.
   *
   * Items: Index into `profiles`.
   */
  of: number[];
  /**
   * Columns are counted from the row's own: the entry for column c of row r stands at (c - own(r)) modulo the columns. A source's own column is itself, or its node.
   */
  relative?: true;
}
/**
 * The traffic that a plan was made for, in rows. May be fractions, where it is a mean.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Demand".
 */
export interface Demand {
  /**
   * [source rank][destination rank] rows.
   */
  rows: Table;
  /**
   * [source rank][node] tokens of a rank that have a destination on a node. Where absent no two rows are known to be of one token.
   */
  copies?: Table;
}
/**
 * One group of sends and receives on the communicator.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "ExchangeLaunch".
 */
export interface ExchangeLaunch {
  /**
   * Its name, unique in the plan.
   */
  name: string;
}
/**
 * Shares of the rails of a node.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Spread".
 */
export interface Spread {
  /**
   * What has a row of its own. `source_index`: a source's index in its node. `pair`: (source's index) * ranks_per_node + (destination's index). `destination`: a destination's rank. Where rows cross as copies only `source_index`, since a copy has many destinations.
   */
  by: "source_index" | "pair" | "destination";
  /**
   * One row for each.
   */
  rails: number[][];
}
/**
 * The way of a share of the rows of some pairs of ranks.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "Route".
 */
export interface Route {
  pairs: Pairs;
  /**
   * [begin, end]: of each pair's rows (or copies, in the order of their tokens), those from begin / 65,536 up to end / 65,536.
   *
   * @minItems 2
   * @maxItems 2
   *
   * Items: In parts of 65,536.
   */
  share: [number, number];
  /**
   * `direct`: from source to destination. `gather`: over the rank of the destination's index in the source's node. `forward`: over the rank of the source's index in the destination's node. `spread`: over a rail's rank in the source's node and in the destination's. A hop from a rank to itself moves nothing between GPUs.
   */
  way: "direct" | "gather" | "forward" | "spread";
  /**
   * The launch of each hop: 1 for `direct`, 2 for `gather` and `forward`, 3 for `spread`; ascending.
   *
   * Items: Index into `launches`.
   */
  launches: number[];
  /**
   * For `spread`: index into `spreads`.
   */
  spread?: number;
}
/**
 * Every node and the one so many places behind it, modulo the nodes; shifts from the first up to, not including, the last.
 */
export interface PairsByShift {
  /**
   * [first, end].
   *
   * @minItems 2
   * @maxItems 2
   *
   * Items: Places.
   */
  shifts: [number, number];
}
/**
 * One node and another.
 */
export interface PairOfNodes {
  /**
   * Source's node.
   */
  from: number;
  /**
   * Destination's node.
   */
  to: number;
}
/**
 * Why the plan is as it is. Deleting this changes no verdict of the verifier.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "ExchangeWhy".
 */
export interface ExchangeWhy {
  /**
   * The candidate that was chosen.
   */
  algorithm: string;
  prediction: ExchangePrediction;
  /**
   * What was tried, the fastest first; then what does not apply.
   */
  candidates: ExchangeCandidate[];
}
/**
 * What the link model says of the plan.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "ExchangePrediction".
 */
export interface ExchangePrediction {
  /**
   * Time of the exchange in microseconds.
   */
  time_us: number;
  /**
   * No schedule takes less, in microseconds.
   */
  bound_us: number;
  /**
   * Bytes that cross each tier, by its name.
   */
  bytes_per_tier: {
    [k: string]: number;
  };
  /**
   * What takes as long as the bound.
   */
  bound_of?: string;
  /**
   * [launch] microseconds; they sum to the time.
   */
  launch_us?: number[];
}
/**
 * A schedule that was tried, or cannot be had.
 *
 * This interface was referenced by `ExchangePlan`'s JSON-Schema
 * via the `definition` "ExchangeCandidate".
 */
export interface ExchangeCandidate {
  /**
   * Its name.
   */
  algorithm: string;
  /**
   * Time in microseconds.
   */
  time_us?: number;
  /**
   * Stages of its slow tier: sets of node pairs that move one after another; 1 where all move at once.
   */
  stages?: number;
  /**
   * Launches of a rank.
   */
  launches?: number;
  /**
   * SMs of its communicator.
   */
  sms?: number;
  /**
   * Bytes of the rank that holds most rows for others.
   */
  buffer_bytes?: number;
  /**
   * Bytes that cross each tier.
   */
  bytes_per_tier?: {
    [k: string]: number;
  };
  /**
   * Why it does not apply.
   */
  reason?: string;
}

// One point in the space of choices: what `decide` varies and every pass takes as given.
/**
 * `priced`: where the predicted time of each layer is least; `eplb`: as EPLB's rule says, by whether groups divide by nodes;
 * `contiguous`: in order, without replicas.
 */
export type PlacementMethod = "priced" | "eplb" | "contiguous";
export type ExchangeAlgorithm = "direct_by_slot" | "direct_by_peer" | "gather" | "node_aware";

export const placementMethods: readonly PlacementMethod[] = ["priced", "eplb", "contiguous"];
export const exchangeAlgorithms: readonly ExchangeAlgorithm[] = [
  "direct_by_slot",
  "direct_by_peer",
  "gather",
  "node_aware",
];

/** Whether ranks pass on what is not theirs, so that transfers within nodes and across them are apart. */
export const passesOn = (algorithm: ExchangeAlgorithm): boolean =>
  algorithm === "gather" || algorithm === "node_aware";

/** With the last transfer of the combine, with its first, or where the dispatch knows how many rows it has. */
export type TailStart = "return" | "combine" | "dispatch";

export const tailStarts: readonly TailStart[] = ["return", "combine", "dispatch"];

export interface Candidate {
  readonly placement: PlacementMethod;
  readonly exchange: ExchangeAlgorithm;
  /** Micro-batches that the step of a data-parallel rank is split into. */
  readonly microBatches: number;
  /** Micro-batches that overlap in one cell; divides `microBatches`. */
  readonly batches: number;
  /** Where the part of the last micro-batch's layer begins that runs beside the first's next layer; undefined where all of it ends before. */
  readonly acrossLayers: TailStart | undefined;
  /** Chunks that an exchange is cut into where its ranks have so many slots; 1 for node-aware exchanges and rounds. */
  readonly chunks: number;
  /** SMs that the expert-parallel communicator may take. */
  readonly sms: number;
}

// What a file of traffic holds: how much every GPU has for every other, and what is known of tokens with several destinations.

/** Matrices of more ranks are refused: they would not fit into memory beside what is made of them. */
export const MOST_RANKS = 4096;

/** A count of the file's unit above this is a mistake; sums of all counts stay exact enough below it. */
export const MOST_COUNT = 1e15;

export interface Traffic {
  readonly ranks: number;
  /** [source * ranks + destination], in `unit`. */
  readonly cells: Float64Array;
  readonly unit: "bytes" | "rows";
  /** Bytes of a row, where the file says it. */
  readonly rowBytes?: number;
  /** What is known of tokens that have several destinations on one node. */
  readonly shared?: SharedTokens;
}

/** A table of what crosses once for each node, or tokens to count that from once nodes are known. */
export type SharedTokens =
  | {
      readonly kind: "table";
      readonly nodes: number;
      readonly unit: "bytes" | "rows";
      /** [source * nodes + node] */
      readonly cells: Float64Array;
    }
  | { readonly kind: "tokens"; readonly tokens: RoutedTokens };

/** Tokens with the ranks that they go to. */
export interface RoutedTokens {
  readonly ranks: number;
  /** [source] the destinations of its tokens, one token after the other, each in ascending order without repetitions. */
  readonly destinations: readonly Int32Array[];
  /** [source] where each token's destinations end. */
  readonly ends: readonly Int32Array[];
  /** Exchanges, of layers and steps, that the tokens are of: counts are means over them. */
  readonly exchanges: number;
}

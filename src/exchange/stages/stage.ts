// A stage of an exchange between nodes.

/** A stage: `amounts[i]` goes from `from[i]` to `to[i]`; it takes as long as the largest of them. */
export interface Stage {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly amounts: Float64Array;
  readonly length: number;
}

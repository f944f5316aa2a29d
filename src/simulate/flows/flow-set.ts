// Flows that are all known beforehand, as tables.

export interface FlowSet {
  /** [link]: bytes per second. */
  readonly capacities: Float64Array;
  /** [flow] */
  readonly bytes: Float64Array;
  /** [flow]: microseconds. */
  readonly starts: Float64Array;
  /** Links of flow i: links[pathBegin[i]] to links[pathBegin[i + 1] - 1]. */
  readonly pathBegin: Int32Array;
  readonly links: Int32Array;
}

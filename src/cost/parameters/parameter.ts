// What a parameter of the models is.

/** One effect's parameter. */
export interface Parameter {
  /** The common value: of a machine that has no calibration of its own. */
  readonly value: number;
  readonly unit: "share" | "ratio" | "count" | "rows" | "columns" | "bytes" | "us" | "bytes/s";
  readonly meaning: string;
  /** Where the value comes from; `assumption` where nothing measured stands behind it yet. */
  readonly source: string;
}

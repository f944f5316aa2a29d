// A family of measurements that one model explains: which table it is in, how its rows become cases, and what may be calibrated.
import type { FactTable } from "./facts.js";
import type { Knob, Model } from "./model.js";

/** One measurement beside its prediction. */
export interface Case {
  /** As the table names it: h100_sxm. */
  readonly system: string;
  /** For the list of what is missed most. */
  readonly label: string;
  readonly measuredUs: number;
  predictUs(model: Model): number;
}

/** Shares of the measured value. */
export interface Target {
  readonly median: number;
  readonly p90: number;
}

export interface Family {
  readonly name: string;
  /** File of the facts. */
  readonly file: string;
  /** What a machine's calibration may hold for this family. */
  readonly knobs: readonly Knob[];
  /** Where it is not the common one. */
  readonly target?: Target;
  /** Whether the report lists every case: few figures that people look for one by one. */
  readonly listed?: boolean;
  /** What is known to be missed, and why; and which rows are left out. */
  readonly remarks?: readonly string[];
  cases(table: FactTable): readonly Case[];
}

/** 10 % in the middle, 30 % for nine in ten. */
export const COMMON_TARGET: Target = { median: 0.1, p90: 0.3 };

/** With a machine left out and predicted from its datasheet. */
export const MACHINE_OUT_TARGET = 0.2;

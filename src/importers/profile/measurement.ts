// What readers of measured times give.
import type { MeasuredFile, MeasuredTime } from "../../plan/index.js";

/** One measurement, or several of the same thing with their median. */
export type Measurement = Omit<MeasuredTime, "file">;

export interface ProfileFile {
  readonly kind: MeasuredFile["kind"];
  /** The machine that it says it was measured on. */
  readonly machine?: string;
  readonly times: readonly Measurement[];
}

/** What is wrong with a file: `where` is a place in it, such as `operators[3]`. */
export interface ProfileProblem {
  readonly problem: string;
  readonly advice: string;
}

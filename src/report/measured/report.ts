// Which prices of a plan are measured: what of it each measurement is of, and what changes by it. Times in microseconds.
import type { MeasuredFile, MeasuredTime } from "../../plan/index.js";
import { targetName, type Fit, type PricedPlan } from "../../simulate/index.js";

/** Printed by --json as it is. */
export interface MeasuredReport {
  readonly files: readonly Omit<MeasuredFile, "span">[];
  /** Kernels of the plan, each counted once, and those of them with measured times. */
  readonly kernels: number;
  readonly kernels_measured: number;
  readonly transfers: number;
  readonly transfers_measured: number;
  /** How many of those measured: at the very size, between two sizes, from the nearest size or for all sizes. */
  readonly exact: number;
  readonly interpolated: number;
  readonly scaled: number;
  readonly matched: readonly MeasuredPrice[];
  /** Measurements that are of something in the plan of which others say more, so that those count. */
  readonly shadowed: readonly MeasuredTime[];
  /** Measurements that are of nothing in the plan. */
  readonly unmatched: readonly MeasuredTime[];
}

/** A kernel or transfer with a measured price, at the plan's mean of rows. */
export interface MeasuredPrice {
  readonly name: string;
  readonly kind: "kernel" | "transfer";
  readonly fit: Fit;
  /** What the models say; of a transfer, of the slowest rank. */
  readonly model_us: number;
  readonly time_us: number;
  /** The measurements behind it. */
  readonly measurements: readonly MeasuredTime[];
}

/** Nanoseconds, as in plans. */
const rounded = (us: number): number => Math.round(us * 1e3) / 1e3;

/** Undefined where nothing was measured. */
export function reportMeasured({ measured, index: { plan } }: PricedPlan): MeasuredReport | undefined {
  if (measured === undefined || plan.measured === undefined) return undefined;
  const matched = measured.measured.map(({ target, fit, modelUs, timeUs, times }) => ({
    name: targetName(target),
    kind: target.kind,
    fit,
    model_us: rounded(modelUs),
    time_us: rounded(timeUs),
    measurements: times,
  }));
  const all = measured.targets.all;
  const count = (kind: "kernel" | "transfer", of: readonly { readonly kind: string }[]): number =>
    of.filter((each) => each.kind === kind).length;
  const fitting = (fit: Fit): number => matched.filter((each) => each.fit === fit).length;
  const used = new Set(matched.flatMap(({ measurements }) => measurements));
  const unused = plan.measured.times.filter((each) => !used.has(each));
  const shadowed = new Set(unused.filter((each) => measured.concerns(each)));
  return {
    files: plan.measured.files.map(({ span: _, ...file }) => file),
    kernels: count("kernel", all),
    kernels_measured: count("kernel", matched),
    transfers: count("transfer", all),
    transfers_measured: count("transfer", matched),
    exact: fitting("exact"),
    interpolated: fitting("interpolated"),
    scaled: fitting("scaled"),
    matched,
    shadowed: [...shadowed],
    unmatched: unused.filter((each) => !shadowed.has(each)),
  };
}

// Where the time of a rank's step goes: every moment is booked once, on the first of these that applies. Sums to the step.
import { chargesOf, type RankTimes } from "../simulate/index.js";

/** Microseconds of a step, by what the rank does. */
export interface StepAccount {
  /** Some kernel runs. */
  readonly computes_us: number;
  /** No kernel runs, and the data of some transfer moves. */
  readonly moves_us: number;
  /** Nothing runs or moves, and some transfer waits for other ranks. */
  readonly waits_for_ranks_us: number;
  /** Nothing of this; the host waits for counts or reads them. */
  readonly waits_for_counts_us: number;
  /** Nothing at all: the host has not issued what comes next, or the rank has ended before the slowest. */
  readonly idles_us: number;
}

/** The account of a whole step that takes `stepUs`. */
export function stepAccount(times: RankTimes, stepUs: number): StepAccount {
  const { kernels, moves, waits, reads, idleUs, endedUs } = chargesOf(times, stepUs);
  const sum = (charged: Float64Array): number => charged.reduce((all, each) => all + each, 0);
  return {
    computes_us: sum(kernels),
    moves_us: sum(moves),
    waits_for_ranks_us: sum(waits),
    waits_for_counts_us: sum(reads),
    idles_us: idleUs + endedUs,
  };
}

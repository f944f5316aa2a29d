// Ranks that do equal work do not reach a transfer at the same time: kernels and hosts jitter, and the last one counts.
import type { CostParameters } from "../parameters/index.js";

/**
 * Time in microseconds that so many ranks wait for the last of them on average, beyond what their priced work explains: the
 * expected maximum of as many normal deviates, which sqrt(2 ln n) bounds from above.
 */
export const meetingSkew = (ranks: number, { rankSkew }: CostParameters): number =>
  rankSkew * Math.sqrt(2 * Math.log(Math.max(1, ranks)));

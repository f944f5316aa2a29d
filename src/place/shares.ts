// Shares of the (token, expert) pairs, from loads in any unit.

/** [expert] share of the pairs; equal where there are none. */
export function sharesOf(loads: readonly number[]): Float64Array {
  // The greatest is taken out first, so that sums of very large loads stay finite.
  const most = loads.reduce((best, each) => Math.max(best, each), 0);
  if (most === 0) return new Float64Array(loads.length).fill(1 / loads.length);
  const sum = loads.reduce((all, each) => all + each / most, 0);
  const shares = new Float64Array(loads.length);
  for (let expert = 0; expert < shares.length; expert++) shares[expert] = loads[expert]! / most / sum;
  return shares;
}

/**
 * The same with none above 1 / top-k: a token goes to an expert at most once. What is cut off goes to the others in proportion,
 * until none is above it.
 */
export function cappedShares(loads: readonly number[], topK: number): Float64Array {
  const shares = sharesOf(loads);
  const limit = 1 / topK;
  const full = new Uint8Array(shares.length);
  for (;;) {
    let [free, capped] = [0, 0];
    shares.forEach((share, expert) => (full[expert] === 1 ? capped++ : (free += share)));
    const scale = free === 0 ? 0 : (1 - capped * limit) / free;
    const over = shares.findIndex((share, expert) => full[expert] === 0 && share * scale > limit);
    if (over < 0 || free === 0)
      return shares.map((share, expert) => (full[expert] === 1 ? limit : free === 0 ? share : share * scale));
    shares.forEach((share, expert) => {
      if (full[expert] === 0 && share * scale > limit) full[expert] = 1;
    });
  }
}

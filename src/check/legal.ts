// The nearest legal choice to a number that is not one.

/** The divisor of `whole` that is nearest to `value`; the smaller of two that are equally near. */
export function nearestDivisor(value: number, whole: number, max = whole): number {
  let best = 1;
  for (let divisor = 1; divisor <= Math.min(whole, max); divisor += 1)
    if (whole % divisor === 0 && Math.abs(divisor - value) < Math.abs(best - value)) best = divisor;
  return best;
}

/** The power of two up to `max` that is nearest to `value`; the smaller of two that are equally near. */
export function nearestPowerOfTwo(value: number, max: number): number {
  let best = 1;
  for (let power = 1; power <= max; power *= 2)
    if (Math.abs(power - value) < Math.abs(best - value)) best = power;
  return best;
}

/** The positive multiple of `factor` that is nearest to `value`. */
export function nearestMultiple(value: number, factor: number): number {
  return Math.max(1, Math.round(value / factor)) * factor;
}

// Chance that is the same in every run.

/** Numbers in [0, 1), from a seed: mulberry32, which has a word of state. */
export function uniformFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box and Muller). */
export const normal = (uniform: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** A standard Gumbel number: of log-weights plus such noise, the greatest is a weighted choice. */
export const gumbel = (uniform: () => number): number => -Math.log(-Math.log(1 - uniform()) + 1e-12);

/** Shuffles in place (Fisher and Yates). */
export function shuffle<T>(items: T[], uniform: () => number): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}

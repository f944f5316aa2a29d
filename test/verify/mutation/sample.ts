// Which of many places are tried: as many as wanted, picked by a seed, the same everywhere.

/** Numbers from 0 to below 1, by mulberry32 (Tommy Ettinger, public domain). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const hash = (text: string): number =>
  Array.from(text).reduce(
    (sum, letter) => Math.imul(sum ^ letter.codePointAt(0)!, 0x01000193) >>> 0,
    0x811c9dc5,
  );

/** So many of the items, in their order; `name` lets different lists be picked from differently. */
export function sampled<T>(items: readonly T[], most: number, seed: number, name: string): readonly T[] {
  if (items.length <= most) return items;
  const next = chance(hash(`${seed} ${name}`));
  const picked = items.map((_, at) => at);
  for (let at = 0; at < most; at++) {
    const other = at + Math.floor(next() * (picked.length - at));
    [picked[at], picked[other]] = [picked[other]!, picked[at]!];
  }
  return picked
    .slice(0, most)
    .sort((left, right) => left - right)
    .map((at) => items[at]!);
}

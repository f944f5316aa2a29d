// Typed arrays that grow: twice as long each time, so that what is added later costs little.

type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** An array of at least `length` that begins with the old one's entries; the old one where that is long enough. */
export function widened<T extends Numbers>(old: T, length: number): T {
  if (old.length >= length) return old;
  const Kind = old.constructor as new (length: number) => T;
  const wide = new Kind(Math.max(length, 2 * old.length, 16));
  wide.set(old);
  return wide;
}

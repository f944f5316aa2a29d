// Intervals of time in order, and how much of another interval they cover.

export class Intervals<T> {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** The latest end so far: ascends, as ends on several streams need not. */
  readonly #latest: number[] = [];
  readonly #whats: T[] = [];

  /** Intervals must come in order of their starts. */
  add(start: number, end: number, what: T): void {
    if (end <= start) return;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#latest.push(Math.max(end, this.#latest.at(-1) ?? end));
    this.#whats.push(what);
  }

  /** Calls back for each interval that overlaps [from, to), with the length of the overlap. */
  overlaps(from: number, to: number, visit: (length: number, what: T) => void): void {
    for (let at = this.#firstEndingAfter(from); at < this.#starts.length && this.#starts[at]! < to; at++) {
      const length = Math.min(to, this.#ends[at]!) - Math.max(from, this.#starts[at]!);
      if (length > 0) visit(length, this.#whats[at]!);
    }
  }

  /** How much of [from, to) some interval covers. */
  covered(from: number, to: number): number {
    let covered = 0;
    let reached = from;
    for (let at = this.#firstEndingAfter(from); at < this.#starts.length && this.#starts[at]! < to; at++) {
      const [start, end] = [Math.max(reached, this.#starts[at]!), Math.min(to, this.#ends[at]!)];
      if (end <= start) continue;
      covered += end - start;
      reached = end;
    }
    return covered;
  }

  /** What nothing covers, before, between and after the intervals. */
  gaps(from: number, to: number): readonly (readonly [number, number])[] {
    const gaps: (readonly [number, number])[] = [];
    let reached = from;
    this.#starts.forEach((start, at) => {
      if (start > reached) gaps.push([reached, Math.min(start, to)]);
      reached = Math.max(reached, this.#ends[at]!);
    });
    if (to > reached) gaps.push([reached, to]);
    return gaps;
  }

  /** All before it end by `time`. */
  #firstEndingAfter(time: number): number {
    let low = 0;
    let high = this.#latest.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#latest[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

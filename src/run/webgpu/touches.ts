// Which batch last read and last wrote each word of a memory since the last flush: what an operation must stand behind.

/** Words [begin, end) that were last touched alike. */
interface Segment {
  readonly begin: number;
  readonly end: number;
  /** Index of the last batch that reads or writes them, -1 where there is none. */
  readonly read: number;
  readonly written: number;
}

export type Access = "read" | "write" | "update";

export class Touches {
  /** Ascending and apart. */
  #segments: Segment[] = [];

  /** Index of the first batch that stands behind everything that must come before an access to words [begin, end). */
  behind(begin: number, end: number, access: Access): number {
    let last = -1;
    for (let at = this.#firstBehind(begin); at < this.#segments.length; at++) {
      const segment = this.#segments[at]!;
      if (segment.begin >= end) break;
      last = Math.max(last, segment.written, access === "read" ? -1 : segment.read);
    }
    return last + 1;
  }

  /** Notes that batch `batch`, which stands behind all that it must, accesses words [begin, end). */
  touch(begin: number, end: number, access: Access, batch: number): void {
    const first = this.#firstBehind(begin);
    const touched: Segment[] = [];
    const add = (segment: Segment) => {
      if (segment.begin === segment.end) return;
      const before = touched.at(-1);
      if (before?.end === segment.begin && before.read === segment.read && before.written === segment.written)
        touched[touched.length - 1] = { ...before, end: segment.end };
      else touched.push(segment);
    };
    // The neighbours take part, so that what is touched alike stays one segment.
    let [from, to] = [first, first];
    const before = this.#segments[first - 1];
    if (before?.end === begin) {
      from--;
      add(before);
    }
    let word = begin;
    for (; to < this.#segments.length && this.#segments[to]!.begin < end; to++) {
      const old = this.#segments[to]!;
      if (old.begin < begin) add({ ...old, end: begin });
      const [cut, until] = [Math.max(old.begin, begin), Math.min(old.end, end)];
      add(accessed({ begin: word, end: cut, read: -1, written: -1 }, access, batch));
      add(accessed({ ...old, begin: cut, end: until }, access, batch));
      if (old.end > end) add({ ...old, begin: end });
      word = until;
    }
    if (word < end) add(accessed({ begin: word, end, read: -1, written: -1 }, access, batch));
    const after = this.#segments[to];
    if (after?.begin === end) {
      to++;
      add(after);
    }
    this.#segments.splice(from, to - from, ...touched);
  }

  /** Index of the first segment that ends behind a word. */
  #firstBehind(word: number): number {
    let [low, high] = [0, this.#segments.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#segments[middle]!.end > word) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function accessed(segment: Segment, access: Access, batch: number): Segment {
  switch (access) {
    case "read":
      return { ...segment, read: Math.max(segment.read, batch) };
    case "write":
    case "update":
      return { ...segment, written: batch };
    default:
      return access satisfies never;
  }
}

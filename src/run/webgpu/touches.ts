// Which batch last read and last wrote each word of a memory since the last flush: what an operation must stand behind.

/** Words [begin, end) that were touched alike. */
interface Segment {
  begin: number;
  end: number;
  /** Index of the last batch that reads them since they were written, -1 where there is none. */
  read: number;
  /** Index of the last batch that writes them, -1 where there is none. */
  written: number;
}

export type Access = "read" | "write" | "update";

export class Touches {
  /** Ascending and apart. */
  readonly #segments: Segment[] = [];

  /** Index of the first batch that stands behind everything that must come before an access to words [begin, end). */
  behind(begin: number, end: number, access: Access): number {
    const segments = this.#segments;
    let last = -1;
    for (let at = this.#firstEndingBehind(begin); at < segments.length; at++) {
      const segment = segments[at]!;
      if (segment.begin >= end) break;
      if (segment.written > last) last = segment.written;
      if (access !== "read" && segment.read > last) last = segment.read;
    }
    return last + 1;
  }

  /** Notes that batch `batch`, which stands behind all that it must, accesses words [begin, end). */
  touch(begin: number, end: number, access: Access, batch: number): void {
    if (begin === end) return;
    this.#cut(begin);
    this.#cut(end);
    if (access === "read") this.#read(begin, end, batch);
    else this.#write(begin, end, batch);
  }

  #write(begin: number, end: number, batch: number): void {
    const segments = this.#segments;
    const first = this.#firstEndingBehind(begin);
    let behind = first;
    while (behind < segments.length && segments[behind]!.begin < end) behind++;
    const only = segments[first];
    if (behind - first === 1 && only !== undefined) {
      only.begin = begin;
      only.end = end;
      only.read = -1;
      only.written = batch;
    } else segments.splice(first, behind - first, { begin, end, read: -1, written: batch });
  }

  #read(begin: number, end: number, batch: number): void {
    const segments = this.#segments;
    let word = begin;
    for (let at = this.#firstEndingBehind(begin); word < end; at++) {
      const segment = segments[at];
      if (segment !== undefined && segment.begin === word) {
        segment.read = Math.max(segment.read, batch);
        word = segment.end;
      } else {
        const until = segment === undefined ? end : Math.min(end, segment.begin);
        segments.splice(at, 0, { begin: word, end: until, read: batch, written: -1 });
        word = until;
      }
    }
  }

  /** Makes a word the border of two segments where it is inside one. */
  #cut(word: number): void {
    const at = this.#firstEndingBehind(word);
    const segment = this.#segments[at];
    if (segment === undefined || segment.begin >= word) return;
    this.#segments.splice(at + 1, 0, { ...segment, begin: word });
    segment.end = word;
  }

  #firstEndingBehind(word: number): number {
    const segments = this.#segments;
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (segments[middle]!.end > word) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

// The links that are being filled, lowest level first: a binary heap that is built at once, and of which only the first entry
// is raised or taken out.
import { widened } from "./widen.js";

export class LinkHeap {
  size = 0;
  #links = new Int32Array(0);
  #levels = new Float64Array(0);

  reserve(links: number): void {
    this.#links = widened(this.#links, links);
    this.#levels = widened(this.#levels, links);
  }

  /** The first link and its level, as it was when it was put here. */
  get link(): number {
    return this.#links[0]!;
  }

  get level(): number {
    return this.#levels[0]!;
  }

  clear(): void {
    this.size = 0;
  }

  /** Adds a link in any order; `order` must follow. */
  push(link: number, level: number): void {
    this.#links[this.size] = link;
    this.#levels[this.size++] = level;
  }

  order(): void {
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.#sink(at, this.#links[at]!, this.#levels[at]!);
  }

  /** Gives the first link a higher level. */
  raise(level: number): void {
    this.#sink(0, this.#links[0]!, level);
  }

  pop(): void {
    const last = --this.size;
    if (last > 0) this.#sink(0, this.#links[last]!, this.#levels[last]!);
  }

  #sink(from: number, link: number, level: number): void {
    const [links, levels] = [this.#links, this.#levels];
    const size = this.size;
    let hole = from;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && levels[child + 1]! < levels[child]!) child++;
      if (levels[child]! >= level) break;
      links[hole] = links[child]!;
      levels[hole] = levels[child]!;
      hole = child;
    }
    links[hole] = link;
    levels[hole] = level;
  }
}

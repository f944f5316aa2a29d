// When something next ends on each link: a binary heap with one place for each link, whose time may be changed.
import { widened } from "./widen.js";

export class EndQueue {
  /** By link; Infinity for one that is not in the heap. */
  #times = new Float64Array(0);
  /** Place of each link in the heap; -1 for none. */
  #places = new Int32Array(0);
  #heap = new Int32Array(0);
  #size = 0;

  reserve(links: number): void {
    const known = this.#places.length;
    this.#times = widened(this.#times, links);
    this.#places = widened(this.#places, links);
    this.#heap = widened(this.#heap, links);
    this.#times.fill(Infinity, known);
    this.#places.fill(-1, known);
  }

  /** The earliest time; Infinity where nothing ends. */
  get time(): number {
    return this.#size === 0 ? Infinity : this.#times[this.#heap[0]!]!;
  }

  /** The link of the earliest time. */
  get link(): number {
    return this.#heap[0]!;
  }

  /** Infinity takes the link out. */
  set(link: number, time: number): void {
    const old = this.#times[link]!;
    if (time === old) return;
    this.#times[link] = time;
    const place = this.#places[link]!;
    if (time === Infinity) this.#takeOut(place);
    else if (place < 0) this.#rise(this.#size++, link, time);
    else if (time < old) this.#rise(place, link, time);
    else this.#sink(place, link, time);
  }

  #takeOut(place: number): void {
    this.#places[this.#heap[place]!] = -1;
    const moved = this.#heap[--this.#size]!;
    if (place === this.#size) return;
    const time = this.#times[moved]!;
    const parent = (place - 1) >> 1;
    if (place > 0 && time < this.#times[this.#heap[parent]!]!) this.#rise(place, moved, time);
    else this.#sink(place, moved, time);
  }

  #rise(from: number, link: number, time: number): void {
    const [heap, times, places] = [this.#heap, this.#times, this.#places];
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (times[above]! <= time) break;
      heap[hole] = above;
      places[above] = hole;
      hole = parent;
    }
    heap[hole] = link;
    places[link] = hole;
  }

  #sink(from: number, link: number, time: number): void {
    const [heap, times, places] = [this.#heap, this.#times, this.#places];
    const size = this.#size;
    let hole = from;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && times[heap[child + 1]!]! < times[heap[child]!]!) child++;
      const below = heap[child]!;
      if (times[below]! >= time) break;
      heap[hole] = below;
      places[below] = hole;
      hole = child;
    }
    heap[hole] = link;
    places[link] = hole;
  }
}

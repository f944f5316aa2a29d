// A queue of future happenings, earliest first and in order of insertion among equals: a binary heap over typed arrays.

/** What lies ahead, each with a time and two numbers for its owner to read. */
export class TimeQueue {
  /** Of the happening that `next` took out. */
  time = 0;
  what = 0;
  detail = 0;
  #times = new Float64Array(256);
  #whats = new Int32Array(256);
  #details = new Int32Array(256);
  #orders = new Float64Array(256);
  #size = 0;
  #inserted = 0;

  push(time: number, what: number, detail: number): void {
    if (this.#size === this.#times.length) this.#grow();
    let hole = this.#size++;
    // Orders only grow: a new happening never goes before an old one of equal time.
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#set(hole, time, what, detail, this.#inserted++);
  }

  /** The earliest time; Infinity where nothing lies ahead. */
  get soonest(): number {
    return this.#size === 0 ? Infinity : this.#times[0]!;
  }

  /** Takes out the earliest happening; false where there is none. */
  next(): boolean {
    if (this.#size === 0) return false;
    this.time = this.#times[0]!;
    this.what = this.#whats[0]!;
    this.detail = this.#details[0]!;
    const last = --this.#size;
    if (last > 0) this.#sink(last);
    return true;
  }

  /** Puts the last happening into the empty root and lets it sink. */
  #sink(last: number): void {
    const time = this.#times[last]!;
    const order = this.#orders[last]!;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#before(child + 1, this.#times[child]!, this.#orders[child]!)) child++;
      if (!this.#before(child, time, order)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#set(hole, time, this.#whats[last]!, this.#details[last]!, order);
  }

  #before(index: number, time: number, order: number): boolean {
    const own = this.#times[index]!;
    return own < time || (own === time && this.#orders[index]! < order);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#times[from]!, this.#whats[from]!, this.#details[from]!, this.#orders[from]!);
  }

  #set(at: number, time: number, what: number, detail: number, order: number): void {
    this.#times[at] = time;
    this.#whats[at] = what;
    this.#details[at] = detail;
    this.#orders[at] = order;
  }

  #grow(): void {
    const size = this.#times.length * 2;
    const widen = <T extends Float64Array | Int32Array>(old: T, wide: T): T => {
      wide.set(old);
      return wide;
    };
    this.#times = widen(this.#times, new Float64Array(size));
    this.#whats = widen(this.#whats, new Int32Array(size));
    this.#details = widen(this.#details, new Int32Array(size));
    this.#orders = widen(this.#orders, new Float64Array(size));
  }
}

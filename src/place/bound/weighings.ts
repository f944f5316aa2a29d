// Ways to weigh experts that show a load to be too low for any placement.
//
// Take a placement in which no GPU has more than L over its speed. Its pieces, what an expert has on a slot, are measured in
// what L allows the fastest GPU, so a piece is at most 1. Give a piece a weight that depends on its size alone. Then an expert
// weighs at least what the lightest of all ways to cut it does, and a GPU bears at most what the heaviest pieces that fit in its
// slots and its speed do. If the experts weigh more than the GPUs bear, there is no such placement, and L is a lower bound: for any
// split, since any cut was allowed. The art is in the weights (dual feasible functions, Fekete and Schepers 2001, here with cuts that
// cost a slot each).

/** Sizes are compared with this much room, so that rounding never refutes what is possible. */
const ROOM = 1e-9;

export interface Weighing {
  /** The least that experts of these loads weigh. `loads` ascend; `limit` is the load that is tried. */
  weigh(loads: Float64Array, limit: number): number;
  /** The most that a GPU bears. `speed` is over that of the fastest. */
  bears(slots: number, speed: number, limit: number): number;
}

/** A piece weighs its size: the mean. A GPU with few slots bears no more than the largest experts that they can hold. */
export class BySize implements Weighing {
  /** [slots] what so many of the largest experts have. */
  readonly #largest: Float64Array;

  constructor(loads: Float64Array) {
    this.#largest = new Float64Array(loads.length + 1);
    for (let count = 1; count <= loads.length; count++)
      this.#largest[count] = this.#largest[count - 1]! + loads[loads.length - count]!;
  }

  weigh(loads: Float64Array, limit: number): number {
    let sum = 0;
    for (const load of loads) sum += load;
    return sum / limit;
  }

  bears(slots: number, speed: number, limit: number): number {
    return slots === 0
      ? 0
      : Math.min(speed, this.#largest[Math.min(slots, this.#largest.length - 1)]! / limit);
  }
}

/** A piece weighs 1: an expert needs as many slots as the fastest GPUs that together bear it. */
export class BySlots implements Weighing {
  /** `together`: [count] the most speed that so many GPUs have that may hold one expert, over the fastest's. */
  constructor(readonly together: readonly number[]) {}

  weigh(loads: Float64Array, limit: number): number {
    const { together } = this;
    let [count, sum] = [1, 0];
    for (const load of loads) {
      while (count < together.length && together[count]! * limit < load * (1 - ROOM)) count++;
      sum += count;
    }
    return sum;
  }

  bears(slots: number): number {
    return slots;
  }
}

/**
 * A piece weighs its size in `parts`ths of the limit, rounded up, and at least 1. Cutting never lowers that. On a GPU every
 * rounding adds less than 1, so its pieces weigh less than slots + parts x speed. With k + 1 parts, that only k pieces above a
 * (k + 1)th fit on a GPU is among what this says (Graham 1969).
 */
export class ByParts implements Weighing {
  constructor(readonly parts: number) {}

  weigh(loads: Float64Array, limit: number): number {
    let sum = 0;
    for (const load of loads) sum += Math.max(1, Math.ceil((load / limit) * this.parts - ROOM));
    return sum;
  }

  bears(slots: number, speed: number): number {
    return slots === 0 ? 0 : slots + Math.ceil(this.parts * speed) - 1;
  }
}

/** An expert of more limits than this is weighed by the best rate, so that few ways to cut are tried. */
const MOST_COVERED = 12;

/**
 * A piece is small below a threshold, large where it leaves less than that, else medium. It weighs what a slot does, and on top 0, 1,
 * or the part of a GPU that a medium piece fills: a GPU has one large piece and otherwise small ones, or only so many medium ones
 * (Martello and Toth 1990 for bins without a count of slots; with a threshold above a third of the limit, Graham's two to a GPU).
 */
export class ByClass implements Weighing {
  /** The limit that all below is for: thresholds are loads, so over another limit they are others. */
  #limit = 0;
  #threshold = 0;
  #medium = 0;
  #slot = 0;
  /** Of the last cover: what it weighs, and how large an expert it suffices for. */
  #weight = 0;
  #suffices = 0;

  /** `mostSlots` of any GPU. */
  constructor(
    readonly mostSlots: number,
    readonly threshold: number,
  ) {}

  weigh(loads: Float64Array, limit: number): number {
    this.#setLimit(limit);
    let sum = 0;
    let suffices = -1;
    for (const load of loads) {
      if (load > suffices) {
        this.#cover(load / limit - ROOM);
        suffices = (this.#suffices + ROOM) * limit;
      }
      sum += this.#weight;
    }
    return sum;
  }

  bears(slots: number, speed: number, limit: number): number {
    if (slots === 0) return 0;
    this.#setLimit(limit);
    const large = speed > 1 - this.#threshold ? 1 : 0;
    const medium = this.#medium * Math.min(slots, Math.floor(speed / this.#threshold + ROOM));
    return this.#slot * slots + Math.max(large, medium);
  }

  #setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.#threshold = Math.min(1 / 2, Math.max(ROOM, this.threshold / limit));
    this.#medium = 1 / Math.min(this.mostSlots, Math.floor(1 / this.#threshold + ROOM));
    // A cut of a large piece into a medium and a small one saves so much, and must not pay for the slot it takes.
    this.#slot = Math.max(this.#medium, 1 - this.#medium);
  }

  /** The lightest pieces that an expert of this size can be cut into, each taken at the most that its class allows. */
  #cover(size: number): void {
    const [small, medium] = [this.#threshold, 1 - this.#threshold];
    const [smallWeight, mediumWeight, largeWeight] = [this.#slot, this.#slot + this.#medium, this.#slot + 1];
    if (size > MOST_COVERED) {
      this.#weight = size * Math.min(smallWeight / small, mediumWeight / medium, largeWeight);
      this.#suffices = size;
      return;
    }
    this.#weight = Infinity;
    for (let larges = 0; larges <= Math.max(0, Math.ceil(size)); larges++) {
      const others = size - larges;
      for (let mediums = 0; mediums <= Math.max(0, Math.ceil(others / medium)); mediums++) {
        const rest = others - mediums * medium;
        const smalls = Math.max(larges + mediums === 0 ? 1 : 0, Math.ceil(rest / small - ROOM));
        const weight = smallWeight * smalls + mediumWeight * mediums + largeWeight * larges;
        if (weight >= this.#weight) continue;
        this.#weight = weight;
        this.#suffices = larges + mediums * medium + smalls * small;
      }
    }
  }
}

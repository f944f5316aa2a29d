// An order in which one placement of a layer becomes another while it serves: every expert stays live on some GPU, and no GPU ever
// holds more than its slots.

/** An expert comes into a slot, over what was there. */
export interface Step {
  readonly slot: number;
  readonly expert: number;
}

/**
 * Steps from a placement to one that has the same experts on each GPU as `to`, in whatever slots of it: few more than there are
 * experts that a GPU has not yet. Where experts with one replica each wait for each other, another replica makes way for a while.
 * Undefined where none can.
 */
export function safeOrder(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  gpuOf: Int32Array,
  experts: number,
): Step[] | undefined {
  return new Ordering(from, to, gpuOf, experts).run();
}

class Ordering {
  readonly #now: Int32Array;
  readonly #gpuOf: Int32Array;
  readonly #live: Int32Array;
  /** [gpu] experts that it has not yet; slots whose experts it shall not keep. */
  readonly #coming: number[][];
  readonly #leaving: number[][];
  /** [expert] replicas that shall leave. */
  readonly #departures: Int32Array;
  /** Slots in which an expert waits until its place is free. */
  readonly #waiting = new Set<number>();
  readonly #steps: Step[] = [];

  constructor(from: ArrayLike<number>, to: ArrayLike<number>, gpuOf: Int32Array, experts: number) {
    this.#now = Int32Array.from(from);
    this.#gpuOf = gpuOf;
    this.#live = new Int32Array(experts);
    this.#departures = new Int32Array(experts);
    const gpus = (gpuOf.at(-1) ?? -1) + 1;
    this.#coming = Array.from({ length: gpus }, () => []);
    this.#leaving = Array.from({ length: gpus }, () => []);
    const wanted = Array.from({ length: gpus }, () => new Set<number>());
    gpuOf.forEach((gpu, slot) => wanted[gpu]!.add(to[slot]!));
    gpuOf.forEach((gpu, slot) => {
      const expert = this.#now[slot]!;
      this.#live[expert]!++;
      // What is left of `wanted` is not there yet.
      if (!wanted[gpu]!.delete(expert)) this.#leave(slot);
    });
    wanted.forEach((missing, gpu) => this.#coming[gpu]!.push(...missing));
  }

  run(): Step[] | undefined {
    const most = 4 * this.#now.length;
    while (this.#coming.some((each) => each.length > 0)) {
      if (this.#steps.length > most) return undefined;
      if (!this.#advance() && !this.#detour()) return undefined;
    }
    return this.#steps;
  }

  /** Experts that come where one may leave. */
  #advance(): boolean {
    let moved = false;
    this.#coming.forEach((coming, gpu) => {
      while (coming.length > 0) {
        const slot = this.#leaver(gpu);
        if (slot === undefined) return;
        // First those whose only replica shall leave elsewhere, so that it may.
        const expert = coming.find((each) => this.#isStuck(each)) ?? coming[0]!;
        this.#come(slot, expert);
        moved = true;
      }
    });
    return moved;
  }

  /** A slot of the GPU whose expert may leave: best one that has so many replicas that no other waits for it. */
  #leaver(gpu: number): number | undefined {
    let best: number | undefined;
    let bestRest = -Infinity;
    for (const slot of this.#leaving[gpu]!) {
      const expert = this.#now[slot]!;
      if (this.#live[expert]! < 2) continue;
      const rest = this.#live[expert]! - this.#departures[expert]!;
      if (best === undefined || rest > bestRest) [best, bestRest] = [slot, rest];
    }
    return best;
  }

  /**
   * All that shall leave have one replica each and wait for each other. One of them comes to where it shall be over a replica that
   * stays, which comes back later; where no such GPU has any, it waits in a slot of a third.
   */
  #detour(): boolean {
    for (const [gpu, coming] of this.#coming.entries()) {
      const expert = coming.find((each) => this.#isStuck(each));
      const slot = expert === undefined ? undefined : this.#yielding(gpu);
      if (slot === undefined || expert === undefined) continue;
      coming.push(this.#now[slot]!);
      this.#come(slot, expert);
      return true;
    }
    for (const [gpu, coming] of this.#coming.entries()) {
      const expert = coming.find((each) => this.#isStuck(each));
      const place = this.#leaving[gpu]!.find((slot) => !this.#waiting.has(slot));
      if (expert === undefined || place === undefined) continue;
      const evicted = this.#now[place]!;
      const slot = this.#now.findIndex((_, other) => this.#mayYield(other) && !this.#holds(other, evicted));
      if (slot < 0) continue;
      this.#coming[this.#gpuOf[slot]!]!.push(this.#now[slot]!);
      this.#put(slot, evicted);
      this.#leave(slot);
      this.#waiting.add(slot);
      this.#come(place, expert);
      return true;
    }
    return false;
  }

  #yielding(gpu: number): number | undefined {
    const slot = this.#now.findIndex((_, other) => this.#gpuOf[other] === gpu && this.#mayYield(other));
    return slot < 0 ? undefined : slot;
  }

  /** A replica that stays, of an expert that has others. */
  #mayYield(slot: number): boolean {
    const expert = this.#now[slot]!;
    return this.#live[expert]! > 1 && !this.#leaving[this.#gpuOf[slot]!]!.includes(slot);
  }

  /** Whether the GPU of a slot has an expert. */
  #holds(slot: number, expert: number): boolean {
    return this.#now.some((each, other) => each === expert && this.#gpuOf[other] === this.#gpuOf[slot]);
  }

  #isStuck(expert: number): boolean {
    return this.#live[expert] === 1 && this.#departures[expert]! > 0;
  }

  #leave(slot: number): void {
    const expert = this.#now[slot]!;
    this.#departures[expert]!++;
    this.#leaving[this.#gpuOf[slot]!]!.push(slot);
  }

  /** An expert that is awaited comes into a slot. */
  #come(slot: number, expert: number): void {
    const gpu = this.#gpuOf[slot]!;
    const coming = this.#coming[gpu]!;
    coming.splice(coming.indexOf(expert), 1);
    const leaving = this.#leaving[gpu]!;
    const at = leaving.indexOf(slot);
    if (at >= 0) {
      leaving.splice(at, 1);
      this.#departures[this.#now[slot]!]!--;
    }
    this.#waiting.delete(slot);
    this.#put(slot, expert);
  }

  #put(slot: number, expert: number): void {
    const before = this.#now[slot]!;
    this.#live[before]!--;
    this.#live[expert]!++;
    this.#now[slot] = expert;
    this.#steps.push({ slot, expert });
  }
}

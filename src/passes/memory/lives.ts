// Which buffers may share memory: those whose every use is ordered before or after every use of the other, in all layers.
import type { HappensBefore } from "../overlap/happens-before.js";

/** One life of a buffer: from the write that makes its value to the last read of it, as indices of the sequence. */
type Life = readonly number[];

interface Touch {
  readonly index: number;
  readonly writes: boolean;
  readonly chunkOf: number | undefined;
}

/** Lives of each buffer, all instances together, found in a sequence of accesses in host issue order. */
export class Lives {
  readonly #touches = new Map<string, Touch[]>();
  readonly #lives = new Map<string, Life[]>();

  constructor(readonly order: HappensBefore) {}

  /** `chunkOf`: for a chunk the layer whose other chunks make the same value. */
  touch(buffer: string, index: number, writes: boolean, chunkOf?: number): void {
    const touches = this.#touches.get(buffer) ?? [];
    touches.push({ index, writes, chunkOf });
    this.#touches.set(buffer, touches);
  }

  #livesOf(buffer: string): readonly Life[] {
    const known = this.#lives.get(buffer);
    if (known !== undefined) return known;
    const lives: number[][] = [];
    let previousWrote = false;
    let begunBy: number | undefined;
    for (const { index, writes, chunkOf } of this.#touches.get(buffer) ?? []) {
      const current = lives.at(-1);
      const addsTo = chunkOf !== undefined && chunkOf === begunBy;
      if (current === undefined || (writes && !previousWrote && !addsTo)) {
        lives.push([index]);
        begunBy = chunkOf;
      } else current.push(index);
      previousWrote = writes;
    }
    this.#lives.set(buffer, lives);
    return lives;
  }

  /** Whether two buffers can lie in the same memory. */
  mayShare(a: string, b: string): boolean {
    return this.#livesOf(a).every((lifeA) =>
      this.#livesOf(b).every((lifeB) => this.#allBefore(lifeA, lifeB) || this.#allBefore(lifeB, lifeA)),
    );
  }

  #allBefore(first: Life, second: Life): boolean {
    return first.every((early) => second.every((late) => early < late && this.order.ordered(early, late)));
  }
}

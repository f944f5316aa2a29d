// Which buffers may share memory: those whose every use is ordered before or after every use of the other, in all layers.
import { isBefore, type HappensBefore, type Span } from "../overlap/happens-before.js";

interface Touch {
  readonly index: number;
  readonly writes: boolean;
  readonly chunkOf: number | undefined;
}

/** Lives of each buffer, all instances together, found in a sequence of accesses in host issue order. */
export class Lives {
  readonly #touches = new Map<string, Touch[]>();
  /** Lives of a buffer, each from the write that makes its value to the last read of it. */
  readonly #lives = new Map<string, readonly Span[]>();

  constructor(readonly order: HappensBefore) {}

  /** `chunkOf`: for a chunk the layer whose other chunks make the same value. */
  touch(buffer: string, index: number, writes: boolean, chunkOf?: number): void {
    const touches = this.#touches.get(buffer) ?? [];
    touches.push({ index, writes, chunkOf });
    this.#touches.set(buffer, touches);
  }

  #livesOf(buffer: string): readonly Span[] {
    const known = this.#lives.get(buffer);
    if (known !== undefined) return known;
    const lives = this.#findLives(buffer).map((indices) => this.order.span(indices));
    this.#lives.set(buffer, lives);
    return lives;
  }

  #findLives(buffer: string): readonly (readonly number[])[] {
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
    return lives;
  }

  /** Whether two buffers can lie in the same memory. */
  mayShare(a: string, b: string): boolean {
    const others = this.#livesOf(b);
    return this.#livesOf(a).every((life) =>
      others.every((other) => isBefore(life, other) || isBefore(other, life)),
    );
  }
}

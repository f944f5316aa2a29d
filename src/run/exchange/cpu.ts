// The exchange on the CPU: typed arrays. Besides doing the work it sees whoever reads what nobody wrote.
import { POISON } from "../backend.js";
import type { ExchangeMemory, ExchangeShape, Message, RowTarget, RowWork } from "./memory.js";

/** A row was read that nobody had written. */
export class PoisonRead extends Error {
  override readonly name = "PoisonRead";

  constructor(
    readonly rank: number,
    /** Index of the move that reads it. */
    readonly move: number,
  ) {
    super("poison");
  }
}

export class CpuExchangeMemory implements ExchangeMemory {
  readonly name = "cpu";
  readonly #u32: Uint32Array[];
  readonly #f32: Float32Array[];
  readonly #rowWords: number;

  constructor({ words, rowWords }: ExchangeShape) {
    this.#u32 = words.map((each) => new Uint32Array(each).fill(POISON));
    this.#f32 = this.#u32.map(({ buffer }) => new Float32Array(buffer));
    this.#rowWords = rowWords;
  }

  write(rank: number, word: number, data: Uint32Array): void {
    this.#u32[rank]!.set(data, word);
  }

  /** @throws {PoisonRead} */
  work({ rank, targets }: RowWork): void {
    for (const target of targets) this.#target(rank, target);
  }

  carry({ from, to, sent, received, words }: Message): void {
    this.#u32[to]!.set(this.#u32[from]!.subarray(sent, sent + words), received);
  }

  read(ranges: readonly { readonly word: number; readonly words: number }[]): Promise<Uint32Array[]> {
    return Promise.resolve(ranges.map(({ word, words }, rank) => this.#u32[rank]!.slice(word, word + words)));
  }

  destroy(): void {
    // Typed arrays are collected.
  }

  #target(rank: number, { to, keeps, from, move }: RowTarget): void {
    const words = this.#u32[rank]!;
    const numbers = this.#f32[rank]!;
    from.forEach((word, index) => {
      if (words.subarray(word, word + this.#rowWords).includes(POISON)) throw new PoisonRead(rank, move);
      if (index === 0 && !keeps) words.copyWithin(to, word, word + this.#rowWords);
      else for (let at = 0; at < this.#rowWords; at++) numbers[to + at]! += numbers[word + at]!;
    });
  }
}

// Memory before the step and values captured in it, as the files that an emitted program reads and writes.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Backend, WordRange } from "../backend.js";
import type { CapturedValue } from "../capture.js";
import type { ExecutionContext } from "../context.js";
import type { ExecutionData } from "../data.js";
import { fillMemory } from "../fill.js";

/** Writes the memory of each rank R to rank-R.bin. */
export function writeImages(folder: string, context: ExecutionContext, data: ExecutionData): void {
  const bytes = context.plan.memory.total.value;
  const write: Backend["write"] = (word, words) => {
    const file = openSync(fileOf(folder, word / context.rankWords), "w");
    try {
      const image = new Uint8Array(words.buffer, words.byteOffset, bytes);
      for (let written = 0; written < bytes;) written += writeSync(file, image, written);
    } finally {
      closeSync(file);
    }
  };
  fillMemory({ write }, context, data);
}

/** Captured values of all ranks, where a comparison looks for them. */
export class CapturedFiles implements Pick<Backend, "read"> {
  readonly #words: Uint32Array;
  readonly #first: number;

  /** Reads rank-R.bin of each rank: layer after layer, value after value, micro-batch after micro-batch, all rows. */
  constructor(folder: string, context: ExecutionContext) {
    const { captures, index, plan } = context;
    this.#words = new Uint32Array(captures.words);
    this.#first = plan.world * context.rankWords;
    const rows = { begin: 0, end: captures.tokens };
    for (let rank = 0; rank < plan.world; rank++) {
      const path = fileOf(folder, rank);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      let at = 0;
      for (let layer = 0; layer < index.layers; layer++)
        for (const value of captures.valuesOf(layer))
          for (let microBatch = 0; microBatch < captures.microBatches; microBatch++) {
            const words = captures.tokens * value.width;
            const source = bytes.subarray(at, at + 4 * words);
            at += 4 * words;
            if (source.length === 4 * words && captures.ranksOfLayer[layer]!.includes(rank))
              this.#store(captures.place(value, rank, microBatch, rows), source);
          }
    }
    captures.settle();
  }

  read(ranges: readonly WordRange[]): Promise<Uint32Array[]> {
    return Promise.resolve(
      ranges.map(({ word, words }) => this.#words.slice(word - this.#first, word - this.#first + words)),
    );
  }

  /** All words of a value. */
  wordsOf({ word, width }: CapturedValue, tokens: number): Uint32Array {
    return this.#words.subarray(word - this.#first, word - this.#first + tokens * width);
  }

  #store({ word }: WordRange, source: Uint8Array): void {
    new Uint8Array(this.#words.buffer).set(source, 4 * (word - this.#first));
  }
}

const fileOf = (folder: string, rank: number): string => join(folder, `rank-${String(rank)}.bin`);

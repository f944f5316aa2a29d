// Buffers of the GPUs that an emitted file runs on: what inputs hold, which outputs are right, and that nothing is read before it
// is there or written twice.

/** Bytes of a chunk here; a file says nothing about it. */
const CHUNK = 16;

export interface BufferSizes {
  readonly i: number;
  readonly o: number;
  readonly s: number;
}

export type BufferName = keyof BufferSizes;

export class Memory {
  readonly #bytes: Record<BufferName, Uint8Array>;
  readonly #written: Record<BufferName, Uint8Array>;

  constructor(
    readonly gpu: number,
    readonly sizes: BufferSizes,
  ) {
    const buffer = (chunks: number): Uint8Array => new Uint8Array(chunks * CHUNK).fill(0xee);
    this.#bytes = { i: buffer(sizes.i), o: buffer(sizes.o), s: buffer(sizes.s) };
    this.#written = {
      i: new Uint8Array(sizes.i).fill(1),
      o: new Uint8Array(sizes.o),
      s: new Uint8Array(sizes.s),
    };
  }

  read(buffer: BufferName, index: number): Uint8Array {
    this.#check(buffer, index);
    if (this.#written[buffer][index] === 0)
      throw new Error(`chunk ${index} of ${buffer} of GPU ${this.gpu} is read before it is there`);
    return this.#bytes[buffer].slice(index * CHUNK, (index + 1) * CHUNK);
  }

  write(buffer: BufferName, index: number, chunk: Uint8Array): void {
    this.#check(buffer, index);
    if (buffer === "i") throw new Error(`the input of GPU ${this.gpu} is written`);
    if (this.#written[buffer][index] === 1)
      throw new Error(`chunk ${index} of ${buffer} of GPU ${this.gpu} is written twice`);
    this.#written[buffer][index] = 1;
    this.#bytes[buffer].set(chunk, index * CHUNK);
  }

  #check(buffer: BufferName, index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.sizes[buffer])
      throw new Error(`GPU ${this.gpu} has no chunk ${index} of ${buffer}`);
  }

  fill(index: number, chunk: Uint8Array): void {
    this.#check("i", index);
    this.#bytes.i.set(chunk, index * CHUNK);
  }
}

/** [from][to] chunks that each rank has for each. */
export type ChunkMatrix = readonly (readonly number[])[];

const chunkOf = (from: number, to: number, at: number): Uint8Array =>
  new Uint8Array(Uint32Array.of(from + 1, to + 1, at, from * 31 + to * 17 + at).buffer);

/** Puts into every input what the rank has for others, by receiving rank, one behind the other. */
export function fillInputs(memories: readonly Memory[], chunks: ChunkMatrix): void {
  chunks.forEach((row, from) => {
    let index = 0;
    row.forEach((count, to) => {
      for (let at = 0; at < count; at++) memories[from]!.fill(index++, chunkOf(from, to, at));
    });
  });
}

/** Throws at the first chunk that is not where it belongs: by sending rank, one behind the other. */
export function checkOutputs(memories: readonly Memory[], chunks: ChunkMatrix): void {
  memories.forEach((memory, to) => {
    let index = 0;
    chunks.forEach((row, from) => {
      for (let at = 0; at < row[to]!; at++) {
        const found = memory.read("o", index++);
        if (Buffer.compare(found, chunkOf(from, to, at)) !== 0)
          throw new Error(`chunk ${index - 1} of the output of GPU ${to} is not chunk ${at} of GPU ${from}`);
      }
    });
  });
}

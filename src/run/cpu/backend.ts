// The CPU backend: typed arrays and the kernels' TypeScript. The slow and simple twin of the WebGPU backend.
import type { Kernel, KernelArguments, KernelMemory } from "../../operators/kernel.js";
import { memoryWords, POISON, type Backend, type MemoryShape, type WordRange } from "../backend.js";

export class CpuBackend implements Backend {
  readonly name = "cpu";
  readonly #memory: KernelMemory;

  constructor(shape: MemoryShape) {
    const bytes = new ArrayBuffer(4 * memoryWords(shape));
    this.#memory = { f32: new Float32Array(bytes), u32: new Uint32Array(bytes) };
    this.#memory.u32.fill(POISON);
  }

  write(word: number, data: Uint32Array): void {
    this.#memory.u32.set(data, word);
  }

  poison(word: number, words: number): void {
    this.#memory.u32.fill(POISON, word, word + words);
  }

  copy(from: number, to: number, words: number): void {
    this.#memory.u32.copyWithin(to, from, from + words);
  }

  launch(kernel: Kernel, args: KernelArguments): void {
    if (kernel.threads(args) > 0) kernel.cpu(this.#memory, args);
  }

  read(ranges: readonly WordRange[]): Promise<Uint32Array[]> {
    return Promise.resolve(ranges.map(({ word, words }) => this.#memory.u32.slice(word, word + words)));
  }

  destroy(): void {
    // Typed arrays are collected.
  }
}

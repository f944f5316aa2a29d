// What executes: one flat memory of 32-bit words that holds every rank's memory and the captured results, and the
// operations on it. Ranges lie within one rank's memory each. A backend knows neither plans nor orders; operations take effect in the order of the calls.
import type { Kernel, KernelArguments } from "../operators/kernel.js";

/** Rank r owns words [r * rankWords, (r + 1) * rankWords); after the last rank come words that are only captured into. */
export interface MemoryShape {
  readonly ranks: number;
  readonly rankWords: number;
  readonly captureWords: number;
}

/** Words that a kernel may access. */
export interface Touched {
  readonly word: number;
  readonly words: number;
  readonly access: "read" | "write" | "update";
}

/** Words from `word` on. */
export interface WordRange {
  readonly word: number;
  readonly words: number;
}

export interface Backend {
  readonly name: "cpu" | "webgpu";
  /** The GPU's name, where there is one. */
  readonly adapter?: string;
  /** Writes `data` at a word. Only before the first launch, copy or fill. */
  write(word: number, data: Uint32Array): void;
  /** Sets words to POISON. */
  poison(word: number, words: number): void;
  /** Copies words; the two ranges do not overlap. */
  copy(from: number, to: number, words: number): void;
  /** Runs a kernel whose arguments hold word offsets into the whole memory, and which accesses no more than `touched`. */
  launch(kernel: Kernel, args: KernelArguments, touched: readonly Touched[]): void;
  /** Words as they are after all earlier calls, range by range. */
  read(ranges: readonly WordRange[]): Promise<Uint32Array[]>;
  /** Frees the memory. */
  destroy(): void;
}

/** What memory holds that nobody has written: as a float not a number, as an integer far too large for a count or an index. */
export const POISON = 0x7fc0dead;

/** Words of the whole memory. */
export function memoryWords({ ranks, rankWords, captureWords }: MemoryShape): number {
  return ranks * rankWords + captureWords;
}

// Groups operations into batches that one dispatch each can do. Operations that touch different words, or only read the
// same ones, commute, so one may join any batch that stands behind all that it must come after: the result is that of the
// order in which they came.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";
import type { Touched } from "../backend.js";
import { Touches } from "./touches.js";

/** Words copied, or poisoned where there is no source. */
export interface Move {
  readonly from?: number;
  readonly to: number;
  readonly words: number;
}

export type Batch =
  | { readonly kind: "launch"; readonly kernel: Kernel; readonly calls: KernelArguments[] }
  | { readonly kind: "move"; readonly moves: Move[] };

export class Batches {
  #batches: Batch[] = [];
  /** By page of memory. */
  #touches = new Map<number, Touches>();
  /** Indices of each kernel's batches, ascending; moves are under undefined. */
  #byKernel = new Map<Kernel | undefined, number[]>();

  /** Ranges of words lie within pages of `pageWords` words each (the memory of a rank), or behind `pages` of them, where memory is written once and read at the end. */
  constructor(
    readonly pages: number,
    readonly pageWords: number,
  ) {}

  launch(kernel: Kernel, args: KernelArguments, touched: readonly Touched[]): void {
    const at = this.#join(kernel, touched, () => ({ kind: "launch", kernel, calls: [] }));
    const batch = this.#batches[at]!;
    if (batch.kind === "launch") batch.calls.push(args);
  }

  move(move: Move): void {
    const { from, to, words } = move;
    const touched: Touched[] = [{ word: to, words, access: "write" }];
    if (from !== undefined) touched.push({ word: from, words, access: "read" });
    const at = this.#join(undefined, touched, () => ({ kind: "move", moves: [] }));
    const batch = this.#batches[at]!;
    if (batch.kind === "move") batch.moves.push(move);
  }

  /** Takes all batches out, in order. */
  take(): Batch[] {
    const batches = this.#batches;
    this.#batches = [];
    this.#byKernel = new Map();
    this.#touches = new Map();
    return batches;
  }

  /** Index of the batch that an operation joins: the first of its kind behind all that must come before it, or a new one. */
  #join(kernel: Kernel | undefined, touched: readonly Touched[], create: () => Batch): number {
    let least = 0;
    for (const { word, words, access } of touched)
      least = Math.max(least, this.#touchesOf(word)?.behind(word, word + words, access) ?? 0);
    const at = this.#batchFrom(least, kernel, create);
    for (const { word, words, access } of touched)
      this.#touchesOf(word)?.touch(word, word + words, access, at);
    return at;
  }

  #touchesOf(word: number): Touches | undefined {
    const page = Math.floor(word / this.pageWords);
    if (page >= this.pages) return undefined;
    let touches = this.#touches.get(page);
    if (touches === undefined) this.#touches.set(page, (touches = new Touches()));
    return touches;
  }

  #batchFrom(least: number, kernel: Kernel | undefined, create: () => Batch): number {
    let indices = this.#byKernel.get(kernel);
    if (indices === undefined) this.#byKernel.set(kernel, (indices = []));
    let position = indices.length;
    while (position > 0 && indices[position - 1]! >= least) position--;
    const known = indices[position];
    if (known !== undefined) return known;
    indices.push(this.#batches.length);
    return this.#batches.push(create()) - 1;
  }
}

// Groups operations into batches that one dispatch each can do. Operations that touch different words, or only read the
// same ones, commute, so one may join any batch that stands behind all that it must come after: the result is that of the
// order in which they came.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";
import type { Touched, WordRange } from "../backend.js";
import { Touches } from "./touches.js";

/** Words copied. */
export interface Copy {
  readonly from: number;
  readonly to: number;
  readonly words: number;
}

export type Batch =
  | { readonly kind: "launch"; readonly kernel: Kernel; readonly calls: KernelArguments[] }
  | { readonly kind: "copy"; readonly copies: Copy[] }
  | { readonly kind: "poison"; readonly ranges: WordRange[] };

/** What the operations of a batch have in common. */
type Sort = Kernel | "copy" | "poison";

export class Batches {
  #batches: Batch[] = [];
  /** By page of memory. */
  #touches = new Map<number, Touches>();
  /** Indices of the batches of each sort, ascending. */
  #bySort = new Map<Sort, number[]>();

  /** Ranges of words lie within pages of `pageWords` words each (the memory of a rank), or behind `pages` of them, where memory is written once and read at the end. */
  constructor(
    readonly pages: number,
    readonly pageWords: number,
  ) {}

  launch(kernel: Kernel, args: KernelArguments, touched: readonly Touched[]): void {
    const create = (): Batch => ({ kind: "launch", kernel, calls: [] });
    const batch = this.#batches[this.#join(kernel, touched, create)]!;
    if (batch.kind === "launch") batch.calls.push(args);
  }

  copy(copy: Copy): void {
    const { from, to, words } = copy;
    const target = this.#touchesOf(to);
    const source = this.#touchesOf(from);
    const least = Math.max(
      target?.behind(to, to + words, "write") ?? 0,
      source?.behind(from, from + words, "read") ?? 0,
    );
    const at = this.#batchFrom(least, "copy", () => ({ kind: "copy", copies: [] }));
    target?.touch(to, to + words, "write", at);
    source?.touch(from, from + words, "read", at);
    const batch = this.#batches[at]!;
    if (batch.kind === "copy") batch.copies.push(copy);
  }

  poison(range: WordRange): void {
    const touched: Touched[] = [{ ...range, access: "write" }];
    const batch = this.#batches[this.#join("poison", touched, () => ({ kind: "poison", ranges: [] }))]!;
    if (batch.kind === "poison") batch.ranges.push(range);
  }

  /** Takes all batches out, in order. */
  take(): Batch[] {
    const batches = this.#batches;
    this.#batches = [];
    this.#bySort = new Map();
    this.#touches = new Map();
    return batches;
  }

  /** Index of the batch that an operation joins: the first of its kind behind all that must come before it, or a new one. */
  #join(sort: Sort, touched: readonly Touched[], create: () => Batch): number {
    let least = 0;
    for (const { word, words, access } of touched)
      least = Math.max(least, this.#touchesOf(word)?.behind(word, word + words, access) ?? 0);
    const at = this.#batchFrom(least, sort, create);
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

  #batchFrom(least: number, sort: Sort, create: () => Batch): number {
    let indices = this.#bySort.get(sort);
    if (indices === undefined) this.#bySort.set(sort, (indices = []));
    let position = indices.length;
    while (position > 0 && indices[position - 1]! >= least) position--;
    const known = indices[position];
    if (known !== undefined) return known;
    indices.push(this.#batches.length);
    return this.#batches.push(create()) - 1;
  }
}

// Groups operations into batches that one dispatch each can do. Operations of different ranks touch different memory and
// commute, so one may join an earlier batch that stands behind everything its own ranks did before: the result is that
// of the order in which they came.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";

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
  /** [rank] index of the first batch that stands behind everything the rank did. */
  #behind: number[];
  /** Indices of each kernel's batches, ascending; moves are under undefined. */
  #byKernel = new Map<Kernel | undefined, number[]>();

  /** `rankOf` gives the rank that owns a word, or undefined where memory is written once and read at the end. */
  constructor(
    readonly ranks: number,
    readonly rankOf: (word: number) => number | undefined,
  ) {
    this.#behind = this.#fresh();
  }

  launch(rank: number, kernel: Kernel, args: KernelArguments): void {
    const at = this.#batchFrom(this.#behind[rank]!, kernel, () => ({ kind: "launch", kernel, calls: [] }));
    const batch = this.#batches[at]!;
    if (batch.kind === "launch") batch.calls.push(args);
    this.#behind[rank] = at + 1;
  }

  move(move: Move): void {
    const ranks = [this.rankOf(move.to), move.from === undefined ? undefined : this.rankOf(move.from)].filter(
      (rank) => rank !== undefined,
    );
    const behind = Math.max(0, ...ranks.map((rank) => this.#behind[rank]!));
    const at = this.#joins(move, behind - 1)
      ? behind - 1
      : this.#batchFrom(behind, undefined, () => ({ kind: "move", moves: [] }));
    const batch = this.#batches[at]!;
    if (batch.kind === "move") batch.moves.push(move);
    for (const rank of ranks) this.#behind[rank] = Math.max(this.#behind[rank]!, at + 1);
  }

  /** Takes all batches out, in order. */
  take(): Batch[] {
    const batches = this.#batches;
    this.#batches = [];
    this.#byKernel = new Map();
    this.#behind = this.#fresh();
    return batches;
  }

  /** Whether a move may share the batch that its own ranks' last operation is in: moves that touch different words. */
  #joins(move: Move, at: number): boolean {
    const batch = this.#batches[at];
    return batch?.kind === "move" && !batch.moves.some((other) => conflict(move, other));
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

  #fresh = (): number[] => Array.from({ length: this.ranks }, () => 0);
}

function conflict(a: Move, b: Move): boolean {
  const overlap = (first: number | undefined, words: number, second: number | undefined, others: number) =>
    first !== undefined && second !== undefined && first < second + others && second < first + words;
  return (
    overlap(a.to, a.words, b.to, b.words) ||
    overlap(a.to, a.words, b.from, b.words) ||
    overlap(a.from, a.words, b.to, b.words)
  );
}

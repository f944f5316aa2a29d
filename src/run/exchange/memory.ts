// What an exchange is executed on: ranks with a memory of their own each, in words of 32 bits. A backend knows no plan; it gathers
// and adds rows within a rank's memory, and carries messages from one to another's, in the order of the calls.

/**
 * Rows to write in one rank's memory, independent of one another: each is the sum (f32) of others, or one copied bit by bit.
 * All offsets are in words.
 */
export interface RowWork {
  readonly rank: number;
  readonly targets: readonly RowTarget[];
}

export interface RowTarget {
  readonly to: number;
  /** Whether what stands there is the first summand. */
  readonly keeps: boolean;
  /** Rows that are added, in this order. */
  readonly from: readonly number[];
  /** Index of the move that this is for. */
  readonly move: number;
}

/** Words that go from one rank's memory to another's. */
export interface Message {
  readonly from: number;
  readonly to: number;
  /** Where they stand, and where they go. */
  readonly sent: number;
  readonly received: number;
  readonly words: number;
}

export interface ExchangeMemory {
  readonly name: "cpu" | "webgpu";
  readonly adapter?: string;
  /** Only before all work. */
  write(rank: number, word: number, data: Uint32Array): void;
  work(work: RowWork): void;
  carry(message: Message): void;
  /** [rank] words from `word` on, as they are after all earlier calls. */
  read(ranges: readonly { readonly word: number; readonly words: number }[]): Promise<Uint32Array[]>;
  destroy(): void;
}

export interface ExchangeShape {
  /** [rank] words of its memory, all poison at first. */
  readonly words: readonly number[];
  readonly rowWords: number;
}

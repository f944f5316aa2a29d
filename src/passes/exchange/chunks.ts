// How an exchange is cut into chunks: the slots of a rank in so many ranges, as equal as they can be.
import type { Exchange, SlotRange } from "../../plan/types.gen.js";

/** Ranges of the slots of the rank with the most; one at least, and none without slots. */
export function chunksOf(mostOwnSlots: number, count: number): SlotRange[] {
  const chunks = Math.max(1, Math.min(count, mostOwnSlots));
  const begin = (at: number): number => Math.floor((at * mostOwnSlots) / chunks);
  return Array.from({ length: chunks }, (_, at) => ({
    first: begin(at),
    count: begin(at + 1) - begin(at),
  }));
}

/** Name of a phase or launch for a chunk: its own where there is one. */
export const chunkName = (name: string, at: number, chunks: number): string =>
  chunks === 1 ? name : `${name}.${String(at)}`;

/** The name that the chunks of a phase have in common. */
export const withoutChunk = (name: string): string => name.replace(/\.\d+$/, "");

/** A chunk as launches are made for it. */
export interface Chunk {
  readonly slots: SlotRange | undefined;
  /** Its name for something. */
  readonly named: (name: string) => string;
}

/** The chunks of an exchange; one without a range where it is not cut. */
export const launchedChunks = ({ chunks }: Pick<Exchange, "chunks">): readonly Chunk[] =>
  chunks === undefined
    ? [{ slots: undefined, named: (name) => name }]
    : chunks.map((slots, at) => ({ slots, named: (name) => chunkName(name, at, chunks.length) }));

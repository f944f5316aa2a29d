// A dispatch, experts and a combine on several ranks: the kernels run on each rank, transfers are made here by the counts.
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import type { LaunchContext, Operator } from "../../src/operators/operator.js";
import { POISON, type Launch } from "./node-case.js";

/** Runs launches over a memory; CPU or WebGPU. */
export type Runner = (memory: Uint32Array, launches: readonly Launch[]) => Uint32Array | Promise<Uint32Array>;

export type Buffer = Uint32Array | Float32Array;
const wordsOf = (buffer: Buffer) => new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length);

/** Runs one part over named buffers, some of which it writes, and gives all of them as they are then. */
export async function runPart<Name extends string>(
  run: Runner,
  [operator, name]: readonly [Operator, string],
  buffers: Readonly<Record<Name, Buffer>>,
  context: Omit<LaunchContext, "options" | "rowBegin">,
): Promise<Record<Name, Buffer>> {
  const part = operator.parts.find((each) => each.name === name)!;
  const entries: [string, Buffer][] = Object.entries(buffers);
  const offsets = new Map<string, number>();
  let end = 1;
  for (const [key, { length }] of entries) {
    offsets.set(key, end);
    end += length + 1;
  }
  const memory = new Uint32Array(end).fill(POISON);
  for (const [key, buffer] of entries) memory.set(wordsOf(buffer), offsets.get(key));
  // Divisible parts are divided.
  const middle = part.divisible ? Math.floor(context.rowEnd / 2) : 0;
  const ranges = [[0, middle] as const, [middle, context.rowEnd] as const].slice(part.divisible ? 0 : 1);
  const launches = ranges.map(([rowBegin, rowEnd]): Launch => {
    const sizes = part.args({ ...context, rowBegin, rowEnd, options: {} });
    return { kernel: part.kernel, args: { ...sizes, ...Object.fromEntries(offsets) } };
  });
  const result = await run(memory, launches);
  const after: Partial<Record<string, Buffer>> = {};
  for (const [key, buffer] of entries) {
    const words = result.slice(offsets.get(key), offsets.get(key)! + buffer.length);
    after[key] = buffer instanceof Uint32Array ? words : new Float32Array(words.buffer);
  }
  return after as Record<Name, Buffer>;
}

export const blank = (words: number): Uint32Array => new Uint32Array(words).fill(POISON);
export const blankRows = (words: number): Float32Array => new Float32Array(blank(words).buffer);

export interface ExchangeCase {
  readonly width: number;
  readonly topK: number;
  /** Slots of each expert, turn by turn. */
  readonly replicas: readonly (readonly number[])[];
  /** [rank] first slot, and after the last rank the number of slots. */
  readonly slotBegin: readonly number[];
  /** By rank: [tokens, width], [tokens, top_k], [tokens, top_k]. */
  readonly x: readonly Float32Array[];
  readonly experts: readonly Uint32Array[];
  readonly weights: readonly Float32Array[];
}

/** What an expert does to a row here. */
export const expertOf = (expert: number, value: number): number => value * (expert + 1) + expert;

/** Ranks that know all counts, with a word behind those of each source; the others know their own. */
export const gathers = (rank: number): boolean => rank % 2 === 1;

/** By rank, the results [tokens, width]. */
export async function exchange(run: Runner, given: ExchangeCase): Promise<readonly Float32Array[]> {
  const { width, topK, replicas, slotBegin } = given;
  const ranks = slotBegin.length - 1;
  const slots = slotBegin[ranks]!;
  const dims = { in: width, top_k: topK };
  const contextOf = (rank: number, rowEnd: number) => {
    const ownSlots = slotBegin[rank + 1]! - slotBegin[rank]!;
    const table = gathers(rank)
      ? { countStride: slots + 1, firstCount: slotBegin[rank]! }
      : { countStride: ownSlots, firstCount: 0 };
    return { dims, rowEnd, exchange: { rank, ranks, slots, ownSlots, ...table } };
  };
  const replicaSlot = Uint32Array.from(replicas.flat());
  const replicaBegin = Uint32Array.from([
    0,
    ...replicas.map((_, i) => replicas.slice(0, i + 1).flat().length),
  ]);
  const each = <T>(make: (rank: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: ranks }, (_, rank) => make(rank)));

  const packed = await each(async (rank) => {
    const tokens = given.x[rank]!.length / width;
    const pairs = tokens * topK;
    const assigned = await runPart(
      run,
      [dispatch, "assign"],
      {
        chosen: given.experts[rank]!,
        replica_begin: replicaBegin,
        replica_slot: replicaSlot,
        pair_row: blank(pairs),
        sent: blank(slots),
      },
      contextOf(rank, tokens),
    );
    const { send_rows } = await runPart(
      run,
      [dispatch, "pack"],
      { x: given.x[rank]!, pair_row: assigned.pair_row, send_rows: blankRows(pairs * width) },
      contextOf(rank, tokens),
    );
    return {
      sent: [...assigned.sent],
      pairRow: assigned.pair_row,
      sendRows: atoms([...assigned.sent], send_rows, width),
    };
  });

  const back = await each(async (rank) => {
    const own = Array.from(
      { length: slotBegin[rank + 1]! - slotBegin[rank]! },
      (_, i) => slotBegin[rank]! + i,
    );
    const arriving = packed.flatMap(({ sent }) => own.map((slot) => sent[slot]!));
    const received = Uint32Array.from(
      gathers(rank) ? packed.flatMap(({ sent }) => [...sent, POISON]) : arriving,
    );
    const arrived = Float32Array.from(
      packed.flatMap(({ sendRows }) => own.flatMap((slot) => sendRows[slot]!)),
    );
    const context = contextOf(rank, arrived.length / width);
    const { expert_rows } = await runPart(
      run,
      [dispatch, "unpack"],
      { arrived_rows: arrived, received, expert_rows: blankRows(arrived.length) },
      context,
    );
    const counts = own.map((slot) => packed.reduce((sum, { sent }) => sum + sent[slot]!, 0));
    const results = atoms(counts, expert_rows, width).flatMap((some, i) => {
      const expert = replicas.findIndex((places) => places.includes(own[i]!));
      return some.map((value) => expertOf(expert, value));
    });
    const { leaving_rows } = await runPart(
      run,
      [combine, "repack"],
      { result_rows: Float32Array.from(results), received, leaving_rows: blankRows(arrived.length) },
      context,
    );
    return atoms(arriving, leaving_rows, width);
  });

  return each(async (rank) => {
    const tokens = given.x[rank]!.length / width;
    const returned = back.flatMap((leaving) => {
      const own = leaving.length / ranks;
      return leaving.slice(rank * own, (rank + 1) * own).flat();
    });
    const { out } = await runPart(
      run,
      [combine, "reduce"],
      {
        returned_rows: Float32Array.from(returned),
        pair_row: packed[rank]!.pairRow,
        weights: given.weights[rank]!,
        out: blankRows(tokens * width),
      },
      contextOf(rank, tokens),
    );
    return out as Float32Array;
  });
}

/** Rows cut into atoms of so many rows each. */
export function atoms(counts: readonly number[], rows: Buffer, width: number): number[][] {
  let begin = 0;
  return counts.map((count) => {
    const from = begin;
    begin += count * width;
    return [...rows.subarray(from, begin)];
  });
}

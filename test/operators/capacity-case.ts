// The way of rows through an exchange whose atoms all have the same rows: kernels on each rank, transfers made here.
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import { NO_ROW } from "../../src/operators/no-row.js";
import {
  blank,
  blankRows,
  expertOf,
  runPart,
  type Buffer,
  type ExchangeCase,
  type Runner,
} from "./exchange-case.js";

/** By rank, the results [tokens, width] and which pairs were dropped. */
export async function exchangeAtCapacity(
  run: Runner,
  given: ExchangeCase,
  atomRows: number,
): Promise<readonly { readonly out: Buffer; readonly dropped: readonly boolean[] }[]> {
  const { width, topK, replicas, slotBegin } = given;
  const ranks = slotBegin.length - 1;
  const slots = slotBegin[ranks]!;
  const atomWords = atomRows * width;
  const expertOfSlot = Array.from({ length: slots }, (_, slot) =>
    replicas.findIndex((places) => places.includes(slot)),
  );
  const contextOf = (rank: number, rowEnd: number) => {
    const ownSlots = slotBegin[rank + 1]! - slotBegin[rank]!;
    const counts = { countStride: ownSlots, firstCount: 0, atomRows };
    return {
      dims: { in: width, top_k: topK },
      rowEnd,
      exchange: { rank, ranks, slots, ownSlots, ...counts },
    };
  };
  const ends = replicas.map((_, i) => replicas.slice(0, i + 1).flat().length);
  const packed = [];
  for (let rank = 0; rank < ranks; rank++) {
    const tokens = given.x[rank]!.length / width;
    const { pair_row, row_pair } = await runPart(
      run,
      [dispatch, "assign_capacity"],
      {
        chosen: given.experts[rank]!,
        replica_begin: Uint32Array.of(0, ...ends),
        replica_slot: Uint32Array.from(replicas.flat()),
        pair_row: blank(tokens * topK),
        row_pair: blank(slots * atomRows),
      },
      contextOf(rank, tokens),
    );
    const { send_rows } = await runPart(
      run,
      [dispatch, "pack_capacity"],
      { x: given.x[rank]!, row_pair, send_rows: blankRows(slots * atomWords) },
      contextOf(rank, slots * atomRows),
    );
    packed.push({ pairRow: pair_row, sendRows: send_rows, returned: blankRows(slots * atomWords) });
  }
  for (let rank = 0; rank < ranks; rank++) {
    const [first, end] = [slotBegin[rank]!, slotBegin[rank + 1]!];
    const [from, to] = [first * atomWords, end * atomWords];
    const arrived = Float32Array.from(packed.flatMap(({ sendRows }) => [...sendRows.subarray(from, to)]));
    const received = new Uint32Array(ranks * (end - first)).fill(atomRows);
    const context = contextOf(rank, arrived.length / width);
    const { expert_rows } = await runPart(
      run,
      [dispatch, "unpack"],
      { arrived_rows: arrived, received, expert_rows: blankRows(arrived.length) },
      context,
    );
    const results = expert_rows.map((value, at) =>
      expertOf(expertOfSlot[first + Math.floor(at / (ranks * atomWords))]!, value),
    );
    const { leaving_rows } = await runPart(
      run,
      [combine, "repack"],
      { result_rows: Float32Array.from(results), received, leaving_rows: blankRows(arrived.length) },
      context,
    );
    packed.forEach(({ returned }, source) => {
      returned.set(leaving_rows.subarray(source * (to - from), (source + 1) * (to - from)), from);
    });
  }
  const results = [];
  for (let rank = 0; rank < ranks; rank++) {
    const tokens = given.x[rank]!.length / width;
    const { pairRow, returned } = packed[rank]!;
    const { out } = await runPart(
      run,
      [combine, "reduce_capacity"],
      {
        returned_rows: returned,
        pair_row: pairRow,
        weights: given.weights[rank]!,
        out: blankRows(tokens * width),
      },
      contextOf(rank, tokens),
    );
    results.push({ out, dropped: [...pairRow].map((row) => row === NO_ROW) });
  }
  return results;
}

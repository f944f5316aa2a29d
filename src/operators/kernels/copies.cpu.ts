// What kernels around copies share: the mark of a row that is not there, and what a rank that forwards knows; see relay.wgsl.
import type { Params } from "./define.js";

/** In tables of rows: none. Rows of copies carry it among values, so it is a finite number as f32 too. */
export const NO_ROW = 0x7f000000;

export type RelayParams = Params<"received" | "slot_begin" | "nodes" | "node_ranks" | "node" | "rail">;

/** Rows of a source of the rail for a rank of this node: where they begin in order of (source, slot), and in order of (host, source, slot). */
interface Run {
  /** Among the rows of its source. */
  readonly begin: number;
  readonly rows: number;
  readonly forwarded: number;
}

/** Word of the counts of a source of the rail: for the slots of this node, then its copies. */
function railCounts(u32: Uint32Array, p: RelayParams, source: number): number {
  const begins = p.slot_begin + p.node * p.node_ranks;
  const columns = u32[begins + p.node_ranks]! - u32[begins]! + 1;
  return p.received + (p.rail * p.nodes + source) * columns;
}

/** [source of the rail][rank of the node] */
export function relayRuns(u32: Uint32Array, p: RelayParams): readonly (readonly Run[])[] {
  const first = u32.subarray(p.slot_begin + p.node * p.node_ranks);
  const rows = Array.from({ length: p.nodes }, (_, source) => {
    const counts = railCounts(u32, p, source) - first[0]!;
    return Array.from({ length: p.node_ranks }, (_unused, host) => {
      let sum = 0;
      for (let slot = first[host]!; slot < first[host + 1]!; slot++) sum += u32[counts + slot]!;
      return sum;
    });
  });
  let forwarded = 0;
  const starts = Array.from({ length: p.node_ranks }, (_, host) =>
    rows.map((own) => {
      const start = forwarded;
      forwarded += own[host]!;
      return start;
    }),
  );
  return rows.map((own, source) => {
    let begin = 0;
    return own.map((each, host): Run => {
      const run = { begin, rows: each, forwarded: starts[host]![source]! };
      begin += each;
      return run;
    });
  });
}

/** Copies of each source of the rail for this node. */
export const relayCopies = (u32: Uint32Array, p: RelayParams): readonly number[] =>
  Array.from({ length: p.nodes }, (_, source) => u32[railCounts(u32, p, source + 1) - 1]!);

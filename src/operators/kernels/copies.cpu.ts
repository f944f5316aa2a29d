// What kernels around copies share: the mark of a row that is not there, and what a rank that forwards knows; see relay.wgsl.
import type { Params } from "./define.js";

/** In tables of rows: none. Rows of copies carry it among values, so it is a finite number as f32 too. */
export const NO_ROW = 0x7f000000;

export type RelayParams = Params<
  ("received" | "slot_begin" | "stride" | "node_first") | ("nodes" | "node_ranks" | "node" | "rail")
>;

/** Rows of a source of the rail for a rank of this node: where they begin in order of (source, slot), and in order of (host, source, slot). */
interface Run {
  /** Among the rows of its source. */
  readonly begin: number;
  readonly rows: number;
  readonly forwarded: number;
}

/** Word of what a source of the rail tells of this node: the counts for its slots, then its copies. */
const railCounts = (p: RelayParams, source: number): number =>
  p.received + (p.rail * p.nodes + source) * p.stride + p.node_first;

/** [source of the rail][rank of the node] */
export function relayRuns(u32: Uint32Array, p: RelayParams): readonly (readonly Run[])[] {
  const first = u32.subarray(p.slot_begin + p.node * p.node_ranks);
  const rows = Array.from({ length: p.nodes }, (_, source) => {
    const counts = railCounts(p, source) - first[0]!;
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
export function relayCopies(u32: Uint32Array, p: RelayParams): readonly number[] {
  const begins = p.slot_begin + p.node * p.node_ranks;
  const slots = u32[begins + p.node_ranks]! - u32[begins]!;
  return Array.from({ length: p.nodes }, (_, source) => u32[railCounts(p, source) + slots]!);
}

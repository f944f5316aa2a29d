// A node-aware dispatch, experts and a combine on several nodes of ranks: the kernels run on each rank, transfers are made here
// by the counts.
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import {
  atoms,
  blank,
  blankRows,
  expertOf,
  gathers,
  runPart,
  type ExchangeCase,
  type Runner,
} from "./exchange-case.js";

export interface NodeAwareCase extends ExchangeCase {
  /** Ranks of a node, which divides the ranks. */
  readonly nodeRanks: number;
  readonly partialSums: boolean;
}

export interface NodeAwareResult {
  /** By rank, the results [tokens, width]. */
  readonly results: readonly Float32Array[];
  /** [rank][node] copies sent. */
  readonly copies: readonly (readonly number[])[];
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const sum = (values: readonly number[]): number => values.reduce((so, each) => so + each, 0);
const joined = (words: readonly (readonly number[])[]): Uint32Array => Uint32Array.from(words.flat());
const rowsOf = (words: readonly (readonly number[])[]): Float32Array =>
  new Float32Array(joined(words).buffer);
const wordsOf = (rows: Float32Array | Uint32Array): Uint32Array => new Uint32Array(rows.buffer);

export async function nodeAwareExchange(run: Runner, given: NodeAwareCase): Promise<NodeAwareResult> {
  const { width, topK, replicas, slotBegin, nodeRanks, partialSums } = given;
  const ranks = slotBegin.length - 1;
  const slots = slotBegin[ranks]!;
  const nodes = ranks / nodeRanks;
  const tags = topK * (partialSums ? 2 : 1);
  const nodeOf = (rank: number) => Math.floor(rank / nodeRanks);
  const railOf = (rank: number) => rank % nodeRanks;
  const ranksOfNode = (node: number) => upTo(nodeRanks).map((at) => node * nodeRanks + at);
  const ranksOfRail = (rail: number) => upTo(nodes).map((node) => node * nodeRanks + rail);
  const slotsOf = (rank: number) => upTo(slots).slice(slotBegin[rank], slotBegin[rank + 1]);
  const slotsOfNode = (node: number) => ranksOfNode(node).flatMap(slotsOf);
  /** Where a rank finds what a source tells of its node: alone, or among what it tells of all nodes. */
  const tableOf = (rank: number) => {
    const node = nodeOf(rank);
    return gathers(rank)
      ? { countStride: slots + nodes, firstOfNode: slotBegin[node * nodeRanks]! + node }
      : { countStride: slotsOfNode(node).length + 1, firstOfNode: 0 };
  };
  const contextOf = (rank: number, rowEnd: number) => {
    const node = nodeOf(rank);
    const { countStride, firstOfNode } = tableOf(rank);
    return {
      dims: { in: width, top_k: topK },
      rowEnd,
      exchange: {
        ...{ rank, ranks, slots, ownSlots: slotsOf(rank).length, countStride },
        firstCount: firstOfNode + slotBegin[rank]! - slotBegin[node * nodeRanks]!,
        relay: {
          ...{ nodes, nodeRanks, node, rail: railOf(rank), firstCount: firstOfNode },
          pairTags: partialSums ? 2 : 1,
        },
      },
    };
  };
  const each = <T>(make: (rank: number) => Promise<T>): Promise<T[]> => Promise.all(upTo(ranks).map(make));
  const tokensOf = (rank: number) => given.x[rank]!.length / width;
  const tables = {
    replica_begin: Uint32Array.from([0, ...replicas.map((_, i) => replicas.slice(0, i + 1).flat().length)]),
    replica_slot: Uint32Array.from(replicas.flat()),
  };
  const slot_begin = Uint32Array.from(slotBegin);

  const counted = await each(async (rank) => {
    const context = contextOf(rank, tokensOf(rank));
    const pairs = tokensOf(rank) * topK;
    const assigned = await runPart(
      run,
      [dispatch, "assign"],
      { chosen: given.experts[rank]!, ...tables, pair_row: blank(pairs), sent: blank(slots) },
      context,
    );
    return runPart(
      run,
      [dispatch, "find_copies"],
      {
        ...{ pair_row: assigned.pair_row, slot_begin, sent: assigned.sent },
        told: blank(slots + nodes),
        copy_row: blank(tokensOf(rank) * nodes),
      },
      context,
    );
  });
  const rowsFor = (source: number, slot: number) => counted[source]!.sent[slot]!;
  /** Words that tell of the slots of a node and of its copies. */
  const toldFor = (source: number, node: number) => {
    const [first, end] = [slotBegin[node * nodeRanks]!, slotBegin[(node + 1) * nodeRanks]!];
    return [...counted[source]!.told.slice(first + node, end + node + 1)];
  };
  const copiesFor = (source: number, node: number) => toldFor(source, node).at(-1)!;
  /** What a rank knows: counts of all ranks for its node or for all, those of a rail together. */
  const receivedBy = (rank: number) =>
    joined(
      upTo(nodeRanks)
        .flatMap(ranksOfRail)
        .map((source) =>
          gathers(rank)
            ? upTo(nodes).flatMap((node) => toldFor(source, node))
            : toldFor(source, nodeOf(rank)),
        ),
    );

  /** [rank][node] words of the copies that leave. */
  const leaving = await each(async (rank) => {
    const { pair_row, copy_row, sent } = counted[rank]!;
    const copies = upTo(nodes).map((node) => copiesFor(rank, node));
    const { send_copies } = await runPart(
      run,
      [dispatch, partialSums ? "pack_weighted" : "pack_copies"],
      {
        ...{ x: given.x[rank]!, pair_row, copy_row, slot_begin, sent, weights: given.weights[rank]! },
        send_copies: blank(sum(copies) * (width + tags)),
      },
      contextOf(rank, tokensOf(rank)),
    );
    return atoms(copies, send_copies, width + tags);
  });

  const relayed = await each(async (rank) => {
    const sources = ranksOfRail(railOf(rank));
    const arriving = sources.map((source) => leaving[source]![nodeOf(rank)]!);
    const copies = sum(sources.map((source) => copiesFor(source, nodeOf(rank))));
    // By host, source and slot.
    const runs = ranksOfNode(nodeOf(rank)).map((host) =>
      sources.map((source) => sum(slotsOf(host).map((slot) => rowsFor(source, slot)))),
    );
    const { forward_rows, relay_tags } = await runPart(
      run,
      [dispatch, partialSums ? "forward_weighted" : "forward"],
      {
        ...{ relay_copies: joined(arriving), received: receivedBy(rank), slot_begin },
        forward_rows: blankRows(sum(runs.flat()) * width),
        // Without sums nobody reads tags again, and none are written.
        relay_tags: blank(partialSums ? copies * tags : 0),
      },
      contextOf(rank, copies),
    );
    return { copies, runs, relay_tags, forHost: atoms(runs.map(sum), wordsOf(forward_rows), width) };
  });

  /** [host][rail of its node] words of the results that leave. */
  const results = await each(async (host) => {
    const arrivals = ranksOfNode(nodeOf(host)).map((relay) => relayed[relay]!.forHost[railOf(host)]!);
    const rows = arrivals.flat().length / width;
    const context = contextOf(host, rows);
    const { expert_rows } = await runPart(
      run,
      [dispatch, "unpack"],
      { arrived_rows: rowsOf(arrivals), received: receivedBy(host), expert_rows: blankRows(rows * width) },
      context,
    );
    const counts = slotsOf(host).map((slot) => sum(upTo(ranks).map((source) => rowsFor(source, slot))));
    const computed = atoms(counts, expert_rows, width).flatMap((some, at) => {
      const expert = replicas.findIndex((places) => places.includes(slotsOf(host)[at]!));
      return some.map((value) => expertOf(expert, value));
    });
    const { leaving_rows } = await runPart(
      run,
      [combine, "repack"],
      {
        result_rows: Float32Array.from(computed),
        received: receivedBy(host),
        leaving_rows: blankRows(rows * width),
      },
      context,
    );
    return atoms(
      arrivals.map((words) => words.length / width),
      wordsOf(leaving_rows),
      width,
    );
  });

  /** [relay][source of its rail] words of what goes back. */
  const returning = await each(async (rank) => {
    const { copies, runs, relay_tags } = relayed[rank]!;
    const sources = ranksOfRail(railOf(rank));
    const gathered_rows = rowsOf(ranksOfNode(nodeOf(rank)).map((host) => results[host]![railOf(rank)]!));
    if (partialSums) {
      const { folded_copies } = await runPart(
        run,
        [combine, "fold"],
        { gathered_rows, relay_tags, folded_copies: blankRows(copies * width) },
        contextOf(rank, copies),
      );
      const counts = sources.map((source) => copiesFor(source, nodeOf(rank)));
      return atoms(counts, wordsOf(folded_copies), width);
    }
    const { regrouped_rows } = await runPart(
      run,
      [combine, "regroup"],
      {
        gathered_rows,
        received: receivedBy(rank),
        slot_begin,
        regrouped_rows: blankRows(gathered_rows.length),
      },
      contextOf(rank, sum(runs.flat())),
    );
    const counts = sources.map((source) =>
      sum(slotsOfNode(nodeOf(rank)).map((slot) => rowsFor(source, slot))),
    );
    return atoms(counts, wordsOf(regrouped_rows), width);
  });

  const out = await each(async (rank) => {
    const { pair_row, copy_row } = counted[rank]!;
    const back = rowsOf(ranksOfRail(railOf(rank)).map((relay) => returning[relay]![nodeOf(rank)]!));
    const context = contextOf(rank, tokensOf(rank));
    const blankOut = blankRows(tokensOf(rank) * width);
    if (partialSums)
      return runPart(run, [combine, "gather"], { returned_copies: back, copy_row, out: blankOut }, context);
    return runPart(
      run,
      [combine, "reduce"],
      { returned_rows: back, pair_row, weights: given.weights[rank]!, out: blankOut },
      context,
    );
  });
  return {
    results: out.map((after) => after.out as Float32Array),
    copies: upTo(ranks).map((rank) => upTo(nodes).map((node) => copiesFor(rank, node))),
  };
}

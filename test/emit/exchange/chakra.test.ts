import { compactTable, denseTable, type ExchangePlan } from "../../../src/exchange-plan/index.js";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import { Reader, parse } from "protobufjs";
import { describe, expect, test } from "vitest";
import { planOf } from "../../exchange/plans.js";
import { instances } from "./instances.js";

// The public schema's fields that a trace has, and those arms of attributes that its reader heeds.
const { root } = parse(
  `
  syntax = "proto3";
  message AttributeProto {
    string name = 1; string doc_string = 2;
    oneof value {
      double double_val = 3; float float_val = 5; int32 int32_val = 7; int64 int64_val = 9;
      uint32 uint32_val = 11; uint64 uint64_val = 13; sint32 sint32_val = 15; bool bool_val = 27;
      string string_val = 29; bytes bytes_val = 31;
    }
  }
  message GlobalMetadata { string version = 1; repeated AttributeProto attr = 2; }
  message Node {
    uint64 id = 1; string name = 2; int32 type = 3; repeated uint64 ctrl_deps = 4; repeated uint64 data_deps = 5;
    uint64 start_time_micros = 6; uint64 duration_micros = 7; repeated AttributeProto attr = 10;
  }`,
  { keepCase: true },
);

interface Node {
  readonly id: number;
  readonly type: number;
  readonly ctrl_deps?: readonly number[];
  readonly data_deps?: readonly number[];
  readonly attr: readonly Readonly<Record<string, string | number | boolean>>[];
}

const [SEND, RECV] = [5, 6];

function decode(plan: ExchangePlan): Node[][] {
  const emitted = exchangeEmitters.chakra(plan);
  if ("refused" in emitted) throw new Error(emitted.refused.limit);
  expect(emitted.files.map(({ path }) => path)).toEqual(
    Array.from({ length: plan.ranks }, (_, rank) => `${String(rank)}.et`),
  );
  return emitted.files.map(({ bytes }) => {
    const reader = Reader.create(bytes as Uint8Array);
    const metadata = root.lookupType("GlobalMetadata").decodeDelimited(reader);
    expect(metadata.toJSON()).toEqual({ version: "0.0.4" });
    const type = root.lookupType("Node");
    const nodes: Node[] = [];
    while (reader.pos < reader.len)
      nodes.push(type.toObject(type.decodeDelimited(reader), { longs: Number, oneofs: true }) as Node);
    return nodes;
  });
}

/** An attribute's value, which has to stand in this arm. */
function value(node: Node, name: string, arm: string): number | boolean {
  const own = node.attr.filter((each) => each.name === name);
  expect(own.map((each) => each.value)).toEqual([arm]);
  return own[0]![arm] as number | boolean;
}

const number = (node: Node, name: string, arm = "int32_val"): number => Number(value(node, name, arm));

/** What a send and its receive have in common. */
const ends = (node: Node): string =>
  [
    number(node, "comm_src"),
    number(node, "comm_dst"),
    number(node, "comm_tag"),
    number(node, "comm_size", "int64_val"),
  ].join(" ");

const bytesOf = (nodes: readonly Node[], type: number): number =>
  nodes
    .filter((node) => node.type === type)
    .reduce((sum, node) => sum + number(node, "comm_size", "int64_val"), 0);

/** Runs all ranks' nodes as their dependencies allow; returns how many could. A receive needs its send to have run. */
function executed(ranks: readonly (readonly Node[])[]): number {
  const done = ranks.map(() => new Set<number>());
  const sent = new Set<string>();
  let before = -1;
  let count = 0;
  while (count > before) {
    before = count;
    ranks.forEach((nodes, rank) => {
      for (const node of nodes) {
        const waits = [...(node.ctrl_deps ?? []), ...(node.data_deps ?? [])];
        if (done[rank]!.has(node.id) || !waits.every((id) => done[rank]!.has(id))) continue;
        if (node.type === RECV && !sent.has(ends(node))) continue;
        if (node.type === SEND) sent.add(ends(node));
        done[rank]!.add(node.id);
        count++;
      }
    });
  }
  return count;
}

describe("execution traces of Chakra, decoded against the public schema's fields", () => {
  test.each(instances.filter(({ plan }) => plan.ranks <= 24))("$name", ({ plan }) => {
    const decoded = decode(plan);
    const all = decoded.flat();
    // Every send has one receive, of its own.
    const sends = all.filter(({ type }) => type === SEND).map(ends);
    const receives = all.filter(({ type }) => type === RECV).map(ends);
    expect(receives.sort()).toEqual(sends.sort());
    expect(new Set(sends).size).toBe(sends.length);
    expect(sends.length + receives.length).toBe(all.length);
    for (const node of all) expect(value(node, "is_cpu_op", "bool_val")).toBe(false);
    // What a rank gets and does not pass on is what it is to have.
    const { ranks } = plan;
    const rows = denseTable(plan.demand.rows, ranks, ranks, (rank) => rank).map(Math.ceil);
    decoded.forEach((nodes, rank) => {
      for (const node of nodes) expect(number(node, node.type === SEND ? "comm_src" : "comm_dst")).toBe(rank);
      let kept = 0;
      for (let other = 0; other < ranks; other++)
        kept += rows[other * ranks + rank]! - rows[rank * ranks + other]!;
      const net = bytesOf(nodes, RECV) - bytesOf(nodes, SEND);
      expect(net).toBe((plan.direction === "combine" ? -kept : kept) * plan.row_bytes || 0);
    });
    expect(executed(decoded)).toBe(all.length);
  });
});

test("a rank passes on only what it has received before", () => {
  // Rank 0 has rows for rank 3 alone: they reach rank 2 first, of its own index.
  const plan = planOf({ nodes: 2, ranksPerNode: 2 }, "forward", 1, (from, to) =>
    from === 0 && to === 3 ? 5 : 0,
  );
  const [, , relay] = decode(plan);
  expect(relay!.map(({ type }) => type)).toEqual([RECV, SEND]);
  expect(relay![1]!.data_deps).toEqual([relay![0]!.id]);
  // Back again.
  const [, , back] = decode({ ...plan, direction: "combine" });
  expect(back!.map((node) => [node.type, number(node, "comm_src"), number(node, "comm_dst")])).toEqual([
    [RECV, 3, 2],
    [SEND, 2, 0],
  ]);
  expect(back![1]!.data_deps).toEqual([back![0]!.id]);
});

test("copies cross once; a combine crosses as sums, or as all its rows", () => {
  const shape = { nodes: 2, ranksPerNode: 2 };
  // Rank 0 has four tokens, each for both ranks of the other node.
  const rows = planOf(shape, "forward", 1, (from, to) => (from === 0 && to >= 2 ? 4 : 0));
  const copies = compactTable(Float64Array.from([0, 4, 0, 0, 0, 0, 0, 0]), 4, 2, (rank) => rank >> 1);
  const plan: ExchangePlan = { ...rows, copies: true, demand: { ...rows.demand, copies } };
  const crossing = (made: ExchangePlan): number =>
    bytesOf(decode(made)[0]!, made.direction === "combine" ? RECV : SEND) / made.row_bytes;
  expect(crossing(plan)).toBe(4);
  expect(crossing({ ...plan, direction: "combine", partial_sums: true })).toBe(4);
  expect(crossing({ ...plan, direction: "combine" })).toBe(8);
});

test.each([
  { limit: "512 ranks", plan: planOf({ nodes: 65, ranksPerNode: 8 }, "direct", 1, () => 1) },
  {
    limit: "messages of 2^53 - 1 bytes",
    plan: { ...planOf({ nodes: 2, ranksPerNode: 1 }, "direct"), row_bytes: 2 ** 53 },
  },
])("a plan beyond $limit is refused by name", ({ limit, plan }) => {
  expect(exchangeEmitters.chakra(plan)).toMatchObject({ refused: { limit } });
});

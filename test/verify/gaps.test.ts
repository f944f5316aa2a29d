// Damage that once went unseen, found by `npm run mutation`: each with the story that the verifier tells of it now.
import { beforeAll, describe, expect, test } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { kernel, operandOf } from "./edit.js";
import { compiledPlan, planSources } from "./mutation/plans.js";
import { rankKinds } from "./mutants/ranks.js";
import { revalue } from "./mutants/revalue.js";

const plans = new Map<string, LaunchPlan>();
beforeAll(() => {
  for (const name of [
    "by-peer",
    "two-batches",
    "chunks-by-slot",
    "capacity",
    "node-aware",
    "node-aware-sums",
  ])
    plans.set(name, compiledPlan(planSources.find((each) => each.name === name)!));
});

/** The stories that are told of a damaged plan. */
function told(name: string, damage: (plan: LaunchPlan) => void): string {
  const damaged = structuredClone(plans.get(name)!);
  damage(damaged);
  revalue(damaged);
  return verify(damaged)
    .properties.flatMap(({ counterexample }) => counterexample?.story ?? [])
    .join("\n");
}

const bufferNamed = (plan: LaunchPlan, end: string) =>
  plan.memory.buffers.find(({ name }) => name.endsWith(end))!;
const node = (plan: LaunchPlan, id: string) =>
  plan.model.blocks.find(({ name }) => name === "moe")!.nodes.find((each) => each.id === id)!;

type Case = readonly [what: string, plan: string, damage: (plan: LaunchPlan) => void, story: RegExp];

describe("what the model says", () => {
  const cases: readonly Case[] = [
    [
      "a gate that chooses among experts which nobody has placed",
      "by-peer",
      (plan) => (node(plan, "gate").dims["experts"] = 9),
      /gate `moe\.gate` of exchange `.*` chooses among 9 experts, but its placement places 8/,
    ],
    [
      "a gate that chooses fewer experts than it gives",
      "by-peer",
      (plan) => (node(plan, "gate").dims["top_k"] = 1),
      /chooses 1 experts for a token, but gives 2/,
    ],
    [
      "experts that take a routing decision for rows",
      "by-peer",
      (plan) => (node(plan, "routed.swiglu").inputs = ["gate"]),
      /takes the routing decision `gate`, but is neither dispatch nor combine by it|no dispatch has sent them/,
    ],
    [
      "a sum that claims to be a routing decision",
      "by-peer",
      (plan) => (node(plan, "add").output.kind = "gate"),
      /gives a routing decision that no exchange follows/,
    ],
    [
      "a layer that gives wider rows than the next takes",
      "by-peer",
      (plan) => (plan.model.blocks[0]!.nodes[0]!.output.shape[1] = ["+", "hidden", 1]),
      /block `moe` takes tokens \[\d+, 4096\], but the layer before gives tokens \[\d+, 4097\]/,
    ],
  ];
  test.each(cases)("%s", (_, name, damage, story) => expect(told(name, damage)).toMatch(story));
});

describe("what is there before the step", () => {
  const cases: readonly Case[] = [
    [
      "one weight in two buffers",
      "by-peer",
      (plan) => {
        const { init } = bufferNamed(plan, "swiglu.w_up");
        if (init?.kind === "weight") init.weight = "w_gate";
      },
      /buffers `.*w_gate` and `.*w_up` begin with the same weight/,
    ],
    [
      "a table of other extents",
      "node-aware",
      (plan) => {
        const { init } = bufferNamed(plan, "slot_begin");
        if (init?.kind === "table") init.table = "atom_rows";
      },
      /says how many rows atoms have, which no exchange of its placement fixes/,
    ],
    [
      "tables of one layer for two",
      "by-peer",
      ({ placements }) => placements[0]!.layers.pop(),
      /has 2 instances of `replica_begin`, but there are 1/,
    ],
    [
      "a rank with more slots than its weights",
      "by-peer",
      ({ placements }) => placements[0]!.slot_begin[1]!++,
      /has weights for 2 slots, but a rank has up to 3/,
    ],
    [
      "counts in floating point",
      "node-aware",
      (plan) => (bufferNamed(plan, "rail_counts@0").precision = "gate"),
      /of kind counts has precision `gate` instead of `index`/,
    ],
    [
      "a buffer that is larger than its shape",
      "by-peer",
      (plan) => (bufferNamed(plan, "gqa.attended@0").shape[0] = ["-", "tokens", 1]),
      /each instance of buffer `moe.h.gqa.attended@0` has .* bytes\nits shape \[.*\] needs only/,
    ],
  ];
  test.each(cases)("%s", (_, name, damage, story) => expect(told(name, damage)).toMatch(story));
});

describe("what an exchange says", () => {
  const cases: readonly Case[] = [
    [
      "what happens beyond a bound that there is not",
      "by-peer",
      ({ exchanges }) => (exchanges[0]!.tokens.overflow = "abort"),
      /says what happens beyond a bound \(abort\), but has none/,
    ],
    [
      "more copies than there are nodes",
      "node-aware",
      ({ exchanges }) => (exchanges[0]!.most_copies!.expr = ["*", "tokens", 3]),
      /a rank sends up to [\d,]+ copies[^]*its `most_copies` says/,
    ],
    [
      "sums that nobody sends back",
      "node-aware",
      ({ exchanges }) => (exchanges[0]!.partial_sums = true),
      /adds results on each node, and sends back one for each copy\nbut no phase of its combine carries copies/,
    ],
    [
      "experts' rows that are not sorted by slot",
      "node-aware",
      ({ exchanges }) =>
        (exchanges[0]!.layouts.find(({ name }) => name === "by_expert")!.order = ["rail", "source", "slot"]),
      /computes for all experts of a rank[^]*so the rows of slot 0 do not stand together on rank 0/,
    ],
    [
      "experts' rows that are another rank's",
      "node-aware",
      ({ exchanges }) =>
        (exchanges[0]!.layouts.find(({ name }) => name === "by_expert")!.holds = {
          source: "rank",
          host: "all",
        }),
      /does not hold on rank 0 the rows of all sources for its slots/,
    ],
  ];
  test.each(cases)("%s", (_, name, damage, story) => expect(told(name, damage)).toMatch(story));
});

describe("what launches do", () => {
  const drop = (plan: LaunchPlan, id: string, operand: string): void => {
    const launch = kernel(plan, id);
    launch.operands = launch.operands.filter(({ name }) => name !== operand);
  };
  const exchanged = (plan: LaunchPlan, id: string, one: string, other: string): void => {
    const [left, right] = [operandOf(plan, id, one), operandOf(plan, id, other)];
    [left.buffer, right.buffer] = [right.buffer, left.buffer];
    [left.instance, right.instance] = [right.instance, left.instance];
  };
  const cases: readonly Case[] = [
    [
      "a dispatch that does not read where replicas are",
      "by-peer",
      (plan) => drop(plan, "routed.dispatch.assign@0", "replica_begin"),
      /no launch of `routed.dispatch` reads table `replica_begin`/,
    ],
    [
      "attention that does not read the rows of the step",
      "by-peer",
      (plan) => drop(plan, "h.gqa.attend@0", "state"),
      /`h.gqa.cache@0`.* writes `moe.h.gqa.kv@0`\[0\] as `state`\nno launch reads it/,
    ],
    [
      "a chunk that computes without one of its weights",
      "chunks-by-slot",
      (plan) => drop(plan, "routed.swiglu.gate_up.1@0", "w_gate"),
      /both compute part `gate_up` of node `routed.swiglu`\noperand `w_gate` of the one is read as weights .*, that of the other missing/,
    ],
    [
      "rows and weights exchanged in one node alone",
      "by-peer",
      (plan) => exchanged(plan, "u.norm@0", "x", "gain"),
      /reads `moe.u.gain`\[0\] as `x`, the value of `h`[^]*finds the weight `gain` of `u`/,
    ],
    [
      "copies that are packed by weights where nodes do not add",
      "node-aware",
      (plan) => (operandOf(plan, "routed.dispatch.pack_copies@0", "pair_row").buffer = "moe.gate.weights@0"),
      /`routed.dispatch` reads the weights of `gate`\nbut results are weighed by `routed`/,
    ],
    [
      "one forwarded row too few",
      "node-aware",
      (plan) => {
        const { rows } = kernel(plan, "routed.dispatch.forward@0");
        rows.end.expr = ["-", rows.end.expr, 1];
      },
      /part `forward` of node `routed.dispatch`[^]*its launches end at row/,
    ],
    [
      "results for as many tokens as there are copies",
      "node-aware-sums",
      (plan) => (kernel(plan, "routed.gather@0").rows.end.expr = "moe.routed.dispatch.copies_sent"),
      /part `gather` of node `routed`[^]*its launches end at row .* but the node has [\d,]+ rows/,
    ],
    [
      "a result that is wider than its output",
      "by-peer",
      (plan) => (plan.model.blocks.at(-1)!.nodes.at(-1)!.output.shape[1] = ["+", "vocab", 1]),
      /the model's result, `linear` of layer 3, has [\d,]+ elements\n`output@0` has room for/,
    ],
    [
      "a combine that takes the dispatched rows too, and does not read them",
      "by-peer",
      (plan) => node(plan, "routed").inputs.push("routed.dispatch"),
      /no launch of node `routed` reads its input `routed.dispatch`/,
    ],
    [
      "scores of experts in whole numbers",
      "by-peer",
      (plan) => (bufferNamed(plan, "gate.logits@0").precision = "index"),
      /`gate.score@0` of cell `moe` writes `moe.gate.logits@0` as `out`, in whole numbers/,
    ],
    [
      "a router in another number format",
      "by-peer",
      (plan) => (bufferNamed(plan, "gate.bias").precision = "weights"),
      /buffer `moe.gate.bias` begins with weight of precision `weights` instead of `gate`/,
    ],
    [
      "an output that is not the model's",
      "by-peer",
      (plan) => (bufferNamed(plan, "moe.u@0").kind = "output"),
      /`u.norm@0`.* writes `moe.u@0`, a buffer of kind output/,
    ],
  ];
  test.each(cases)("%s", (_, name, damage, story) => expect(told(name, damage)).toMatch(story));
});

test("ranks that chain transfers of two communicators in opposite order wait for one another", () => {
  const name = "node-aware-two-batches";
  const plan = compiledPlan(planSources.find((each) => each.name === name)!);
  plans.set(name, plan);
  const kind = rankKinds.find((each) => each.name.endsWith("wait for a transfer of theirs before another"))!;
  const between = [
    "moe.first.routed.dispatch.dispatch_within@0",
    "moe.first.routed.dispatch.counts_across@1",
  ];
  const { apply } = kind.mutants(plan).find(({ place }) => between.every((each) => place.includes(each)))!;
  expect(told(name, apply)).toMatch(/waits for event `chained` of[^]*none of them ever starts/);
});

// Laws of exchanges over nodes: a token's copy goes to every node that has slots for it, and from there to each of these; counts
// of both reach all who size something by them; sums made on nodes have their weights.
import { beforeAll, describe, expect, test } from "vitest";
import type { AtomLayout, LaunchPlan, Step } from "../../src/plan/index.js";
import { verify, type PropertyName } from "../../src/verify/index.js";
import { buffer, failure, kernel, moveBefore, operandOf, removeLaunch, storyOf } from "./edit.js";
import { nodeAwarePlan } from "./node-aware-plan.js";

const EXCHANGE = "moe.routed.dispatch";
const sums: { plan?: LaunchPlan } = {};
const rows: { plan?: LaunchPlan } = {};
beforeAll(async () => {
  sums.plan = await nodeAwarePlan(true);
  rows.plan = await nodeAwarePlan(false);
});

const layout = (plan: LaunchPlan, name: string): AtomLayout =>
  plan.exchanges[0]!.layouts.find((each) => each.name === name)!;
const steps = (plan: LaunchPlan, phase: string): Step[] =>
  plan.exchanges[0]!.phases.find((each) => each.name === phase)!.steps;
const operand = (plan: LaunchPlan, part: string, name: string) => operandOf(plan, idOf(part), name);
/** A launch of a dispatch is named after it, one of the combine without its name. */
const idOf = (part: string): string =>
  /^(combine_|fold|gather|reduce|regroup|repack)/.test(part)
    ? `routed.${part}@0`
    : `routed.dispatch.${part}@0`;

type Damage = readonly [
  name: string,
  of: { plan?: LaunchPlan },
  property: PropertyName,
  damage: (plan: LaunchPlan) => unknown,
  story: RegExp,
];

const broken: readonly Damage[] = [
  [
    "a row forwarded to the wrong host",
    sums,
    "delivery",
    (plan) => {
      // Each keeps what its neighbour should have.
      const [here, there] = steps(plan, "dispatch_within");
      there!.send = structuredClone(here!.send);
      there!.receive = { source: structuredClone(there!.receive.source), host: there!.from };
    },
    /rank 0 sends rank 1 the atoms of sources 0, 2, slots 0 to 1[^]*of rank 1 .* holds only those of sources 0 to 3, slots 2 to 3/,
  ],
  [
    "a copy that skips a node",
    sums,
    "delivery",
    (plan) => steps(plan, "dispatch_across").pop(),
    /phase `dispatch_within`, step 0: rank 0 sends atom \(source 2, slot 0\)[^]*at that time rank 2 has it/,
  ],
  [
    "a copy for one rank of a node alone",
    sums,
    "delivery",
    (plan) => {
      for (const step of steps(plan, "dispatch_across")) {
        step.send.host = step.to;
        step.receive.host = "rank";
      }
    },
    /copies are of all 4 slots of a node together; of node \d it has 2/,
  ],
  [
    "copies that are forwarded before they have crossed",
    sums,
    "delivery",
    (plan) => moveBefore(plan, idOf("dispatch_within"), idOf("dispatch_across")),
    /rank 0 sends atom \(source 2, slot 0\)[^]*at that time rank 2 has it/,
  ],
  [
    "results that go back without crossing",
    rows,
    "delivery",
    (plan) => steps(plan, "combine_across").pop(),
    /back to its source/,
  ],
  [
    "rows that leave by slot and are taken by source",
    sums,
    "delivery",
    (plan) => (layout(plan, "forwarding").order = ["slot", "source"]),
    /they leave sorted by slot, source and are taken as sorted by source, slot/,
  ],
  [
    "rows that do not leave in one piece",
    sums,
    "delivery",
    (plan) => (layout(plan, "forwarding").order = ["source", "slot"]),
    /`moe\.routed\.dispatch\.(forward|gathered)_rows@0` of rank \d .*do not lie in one piece/,
  ],
  [
    "rows of a rail that do not arrive in one piece",
    rows,
    "delivery",
    (plan) => (layout(plan, "arriving").order = ["source", "slot"]),
    /arrived_rows@0` of rank \d .*do not lie in one piece/,
  ],
  [
    "counts of a rail that do not arrive in one piece",
    rows,
    "delivery",
    (plan) => (layout(plan, "node_counts").order = ["source", "slot"]),
    /node_counts@0` of rank \d .*do not lie in one piece/,
  ],
  [
    "results sorted by slot before they leave for several sources",
    rows,
    "delivery",
    (plan) => (layout(plan, "returning").order = ["slot", "source"]),
    /regrouped_rows@0` of rank \d .*do not lie in one piece/,
  ],
  [
    "copies that are counted nowhere",
    sums,
    "delivery",
    (plan) => {
      for (const name of ["told", "rail_counts", "node_counts"]) delete layout(plan, name).copies;
    },
    /its size on rank \d comes from `routed\.dispatch\.read_counts@0`: .* counts no copies/,
  ],
  [
    "gathered counts that miss a source",
    sums,
    "delivery",
    (plan) => steps(plan, "counts_within").pop(),
    /the number of rows of each atom[^]*atom \(source 1, slot 0\) is never sent; rank 0 waits for it/,
  ],
  [
    "counts of the own node alone",
    sums,
    "delivery",
    (plan) => steps(plan, "counts_across").pop(),
    /rank 0 sends atom \(source 2, slot 0\)[^]*rank 0 does not know it/,
  ],
  [
    "counts that are told before they are known",
    sums,
    "delivery",
    (plan) => moveBefore(plan, idOf("counts_within"), idOf("counts_across")),
    /does not know it/,
  ],
  [
    "results that are added and sent back as rows",
    sums,
    "delivery",
    (plan) => (plan.exchanges[0]!.phases.at(-1)!.carries = "rows"),
    /it carries rows, but `moe\.routed\.dispatch\.folded_copies@0` holds copies/,
  ],
  [
    "rows that are sent back as sums",
    rows,
    "delivery",
    (plan) => (plan.exchanges[0]!.phases.at(-1)!.carries = "copies"),
    /it carries copies, but `moe\.routed\.dispatch\.regrouped_rows@0` holds atoms one by one/,
  ],
  [
    "a relay without room for all copies of its rail",
    sums,
    "memory",
    (plan) => (buffer(plan, `${EXCHANGE}.relay_copies@0`).shape[0] = "tokens"),
    /relay_copies@0` holds atoms[^]*up to 32,768 rows[^]*room for 16,384/,
  ],
  [
    "sums without room for all copies of the rail",
    sums,
    "memory",
    (plan) => (buffer(plan, `${EXCHANGE}.folded_copies@0`).shape[0] = "tokens"),
    /folded_copies@0` holds atoms[^]*up to 32,768 rows/,
  ],
  [
    "counts without room for those of copies",
    rows,
    "memory",
    (plan) => (buffer(plan, `${EXCHANGE}.node_counts@0`).shape = [4, 4]),
    /node_counts@0` holds atoms[^]*up to 20 counts[^]*room for 16/,
  ],
  [
    "too few rows for all tokens of a rail",
    rows,
    "memory",
    (plan) => (buffer(plan, `${EXCHANGE}.forward_rows@0`).shape[0] = "tokens"),
    /forward_rows@0` holds atoms[^]*rows/,
  ],
  [
    "a phase on a communicator of other ranks",
    sums,
    "wellformed",
    (plan) => (plan.groups.find(({ name }) => name === "ep.across")!.instances = [[3, 2, 1, 0]]),
    /phase `counts_across` of exchange `moe\.routed\.dispatch` runs on `ep\.across`, which has not the same ranks/,
  ],
  [
    "nodes that do not divide the ranks",
    sums,
    "wellformed",
    (plan) => (plan.exchanges[0]!.ranks_per_node = 3),
    /nodes of 3 ranks, which do not divide its 4/,
  ],
  [
    "copies without nodes",
    sums,
    "wellformed",
    (plan) => delete plan.exchanges[0]!.ranks_per_node,
    /speaks of copies, but knows no nodes/,
  ],
  [
    "copies without a most",
    rows,
    "wellformed",
    (plan) => delete plan.exchanges[0]!.most_copies,
    /`moe\.routed\.dispatch\.copies_sent`, which is not in scope/,
  ],
  [
    "copies sorted by host",
    sums,
    "wellformed",
    (plan) => (layout(plan, "relayed_copies").order = ["host", "source", "slot"]),
    /sorts copies by host, source, slot/,
  ],
  [
    "sums without the weights sent along",
    sums,
    "faithfulness",
    (plan) => {
      const pack = kernel(plan, idOf("pack_weighted"));
      pack.operands = pack.operands.filter(({ name }) => name !== "weights");
    },
    /no launch of node `routed` reads its input `gate`/,
  ],
  [
    "sums that nobody declares",
    sums,
    "faithfulness",
    (plan) => delete plan.exchanges[0]!.partial_sums,
    /no launch of node `routed` reads its input `gate`/,
  ],
  [
    "sums of other rows than were forwarded",
    sums,
    "faithfulness",
    (plan) => {
      const value = plan.exchanges[0]!.mean_rows.value;
      kernel(plan, idOf("fold")).rows.end = { expr: `${EXCHANGE}.sent`, value };
    },
    /part `fold` of node `routed`[^]*the node has [\d,]+ or [\d,]+ rows/,
  ],
  [
    "tags that nobody writes",
    sums,
    "memory",
    (plan) => {
      const forward = kernel(plan, idOf("forward_weighted"));
      forward.operands = forward.operands.filter(({ name }) => name !== "relay_tags");
    },
    /reads `moe\.routed\.dispatch\.relay_tags@0`\[0\][^]*nothing has written it before/,
  ],
  [
    "copies that are not found before their counts leave",
    sums,
    "memory",
    (plan) => removeLaunch(plan, idOf("find_copies")),
    /nothing has written it before/,
  ],
  [
    "copies made into rows before their number is known",
    sums,
    "progress",
    (plan) => moveBefore(plan, idOf("forward_weighted"), idOf("read_counts")),
    /`routed\.dispatch\.forward_weighted@0`.* needs the counts of `moe\.routed\.dispatch` when it is issued/,
  ],
  [
    "copies that leave before their number is known",
    sums,
    "progress",
    (plan) => moveBefore(plan, idOf("dispatch_across"), idOf("read_counts")),
    /`routed\.dispatch\.dispatch_across@0`.* needs the counts of/,
  ],
  [
    "a host that reads the counts of its rail alone",
    sums,
    "delivery",
    (plan) => (operand(plan, "read_counts", "received").buffer = `${EXCHANGE}.rail_counts@0`),
    /reads as `received` the counts of[^]*holds only those of/,
  ],
];

describe("a node-aware exchange", () => {
  test("is proved as the compiler makes it, with sums and without", () => {
    for (const { plan } of [sums, rows])
      expect(verify(plan!).properties.flatMap((each) => each.counterexample?.story ?? [])).toEqual([]);
  });

  test.each(broken)("%s", (_, of, property, damage, story) => {
    const plan = structuredClone(of.plan!);
    damage(plan);
    expect(storyOf(failure(plan, property))).toMatch(story);
  });

  test("a story shows the launch of the phase", () => {
    const plan = structuredClone(sums.plan!);
    steps(plan, "dispatch_across").pop();
    expect(failure(plan, "delivery").launches.map((each) => each.launch)).toEqual([idOf("dispatch_within")]);
  });
});

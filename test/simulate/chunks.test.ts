// What the launches of chunks do on each rank adds up to what an exchange that is not cut does; a rank without slots of a chunk has
// nothing to do for it.
import { beforeAll, describe, expect, it } from "vitest";
import { defaultParameters } from "../../src/cost/index.js";
import type { ComputeLaunch, Launch, LaunchPlan, TransferLaunch } from "../../src/plan/index.js";
import { Amounts, pricePlan, type PricedPlan } from "../../src/simulate/index.js";
import { edited, planOf } from "../end-to-end/mixtral.js";

/** Twelve experts on eight ranks: four of them have one slot. */
const compiled = (chunks: number): Promise<LaunchPlan> =>
  planOf(
    edited(
      ["exchange  = auto", "exchange  = direct_by_peer"],
      ["overlap   = auto", `overlap   = auto(batches: 1, chunks: ${String(chunks)})`],
    ),
    ["Mixtral.depth=2", "Mixtral.experts=12"],
  );

const LAYER = 1;
const ranks = Array.from({ length: 8 }, (_, rank) => rank);
const isKernel = (launch: Launch): launch is ComputeLaunch => launch.kind === "compute";
const isTransfer = (launch: Launch): launch is TransferLaunch => launch.kind === "transfer";
const launchesOf = ({ cells }: LaunchPlan) => cells.find(({ name }) => name.startsWith("moe"))!.launches;
const transfersOf = (plan: LaunchPlan, phase: string) =>
  launchesOf(plan)
    .filter(isTransfer)
    .filter((each) => each.phase.startsWith(phase));
const partsOf = (plan: LaunchPlan, part: string) =>
  launchesOf(plan)
    .filter(isKernel)
    .filter((each) => each.part === part);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

let plans: readonly LaunchPlan[];
let priced: readonly PricedPlan[];
beforeAll(async () => {
  plans = [await compiled(1), await compiled(2)];
  priced = plans.map((plan) => pricePlan(plan, defaultParameters));
});

describe("the chunks of an exchange together", () => {
  it.each(["dispatch", "combine"])("move the rows and bytes of its %s", (phase) => {
    const totals = plans.map((plan, at) =>
      ranks.map((rank) => {
        const amounts = new Amounts(priced[at]!);
        const all = transfersOf(plan, phase).map((launch) => amounts.transfer(launch, LAYER, rank));
        return [sum(all.map((each) => each.sentRows)), sum(all.map((each) => each.out[0]!))].map(Math.round);
      }),
    );
    expect(transfersOf(plans[1]!, phase)).toHaveLength(2);
    expect(totals[1]).toEqual(totals[0]);
  });

  it.each(["gate_up", "down", "unpack", "repack"])("compute the rows and FLOPs of its part %s", (part) => {
    const totals = plans.map((plan, at) =>
      ranks.map((rank) => {
        const amounts = new Amounts(priced[at]!);
        const all = partsOf(plan, part).map((launch) => amounts.kernel(launch, LAYER, rank));
        return [sum(all.map((each) => each.rows)), sum(all.map((each) => each.flops))].map(Math.round);
      }),
    );
    expect(partsOf(plans[1]!, part)).toHaveLength(2);
    expect(totals[1]).toEqual(totals[0]);
  });

  it("cost a rank nothing where it has no slots of one", () => {
    const amounts = new Amounts(priced[1]!);
    const [first, second] = partsOf(plans[1]!, "gate_up").sort((a, b) => a.slots!.first - b.slots!.first);
    for (const rank of ranks) {
      expect(amounts.kernel(first!, LAYER, rank).bytes).toBeGreaterThan(0);
      const { rows, bytes, flops } = amounts.kernel(second!, LAYER, rank);
      if (rank < 4) expect(bytes).toBeGreaterThan(0);
      else expect([rows, bytes, flops]).toEqual([0, 0, 0]);
    }
  });
});

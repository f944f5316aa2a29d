// What moves a step: by how much it changes with each figure of the model, held against a simulation with that figure changed.
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, openEntry, type LaunchPlan } from "../../src/index.js";
import { predict, pricePlan, READ, simulate, type PricedPlan } from "../../src/simulate/index.js";
import { criticalPath } from "../../src/simulate/sensitivity/critical-path.js";
import { figuresOf } from "../../src/simulate/sensitivity/figures.js";
import { sensitivities } from "../../src/simulate/sensitivity/sensitivity.js";
import { randomParameters, randomPlan } from "./random-plan.js";
import { exact, kernel, machine, tier, tinyPlan, transfer, type TinyPlan } from "./tiny-plan.js";

const changes = (given: TinyPlan, parameters = exact): Readonly<Record<string, number>> => {
  const priced = pricePlan(tinyPlan(given), parameters);
  return Object.fromEntries(
    sensitivities(priced, simulate(priced)).map((each) => [each.parameter, each.step_time_change]),
  );
};

/** 4 us out, 8 us for 8 rows, 4 us back. */
const there = transfer("dispatch", { records: ["there"] });
const experts = kernel("expert", ["*", "moe.received", 1e6], {
  ...{ exchange: "moe", node: "expert", waits: ["there"], records: ["done"] },
});
const back = transfer("combine", { waits: ["done"] });

/** A tenth more of a rate takes this share less time. */
const FASTER = 1 / 1.1 - 1;

describe("how a figure moves the step", () => {
  it("is by what the step spends on it", () => {
    const of = changes({ launches: [there, experts, back] });
    expect(of["gpu.memory_bandwidth"]).toBeCloseTo(FASTER / 2, 5);
    expect(of["nvlink.bandwidth"]).toBeCloseTo(FASTER / 2, 5);
  });

  it("is told for less of a share that would exceed 1", () => {
    const priced = pricePlan(tinyPlan({ launches: [experts] }), exact);
    const [first] = sensitivities(priced, simulate(priced)).filter(
      ({ parameter }) => parameter === "memory_efficiency",
    );
    expect(first?.change).toBe(-0.1);
    expect(first?.step_time_change).toBeCloseTo(1 / 0.9 - 1, 5);
  });

  it("is nothing for what a kernel hides, and what a hidden transfer takes from the kernel where it holds SMs", () => {
    const work = kernel("work", 10, { stream: "side" });
    const streams = ["compute", "side", "comm"];
    expect(Object.keys(changes({ streams, launches: [there, work] }))).not.toContain("nvlink.bandwidth");
    // It holds half of the SMs for 4 us, which cost the kernel 2.
    const all = { ...exact, memorySaturation: 1 };
    const of = changes({ streams, sms: 50, launches: [there, work] }, all);
    expect(of["nvlink.bandwidth"]).toBeCloseTo((FASTER * 2) / 12, 5);
    expect(of["gpu.memory_bandwidth"]).toBeCloseTo((FASTER * 10) / 12, 5);
  });

  it("follows a wait to the rank that comes last", () => {
    // The second rank computes for 12 us, and the first waits for it: the step ends on both.
    const plan = { loads: [[0.25, 0.75]], launches: [there, experts, back] };
    // Out 2 + 6 rows share ports: the dispatch ends with the 2 or 6 rows that a rank sends to the other.
    const priced = pricePlan(tinyPlan(plan), exact);
    const { ranks } = criticalPath(priced, simulate(priced));
    expect(ranks).toEqual([1]);
    expect(changes(plan)["gpu.memory_bandwidth"]).toBeCloseTo((FASTER * 12) / 24, 5);
  });

  it("counts the issues of the host that the step waits for", () => {
    const slow = { ...exact, hostLaunch: 3 };
    const launches = [1, 2, 3].map((each) => kernel(`short${String(each)}`, 1));
    // Issued at 3, 6 and 9; the last kernel ends at 10.
    expect(changes({ launches }, slow)["host_launch"]).toBeCloseTo(0.09, 5);
  });

  it("is told of every figure that plays a part, and of those alone", () => {
    const slow = machine([tier({ latency_us: 1, message_gap_us: 1 })]);
    const names = Object.keys(changes({ ranks: 4, machine: slow, launches: [there, experts, back] }));
    expect(names.sort()).toEqual([
      "gpu.memory_bandwidth",
      "memory_efficiency",
      "nvlink.bandwidth",
      "nvlink.latency",
      "nvlink.message_gap",
      "row_kernel_efficiency",
    ]);
  });

  it("leaves what was measured as it was on the machine as it stands", () => {
    // Sixteen SMs need 5 us for 8 rows, own ones included, 32 half of it; the link needs 4 us for the 4 that leave.
    const slowSms = { ...exact, channelBandwidth: 1e8 };
    const plan = tinyPlan({ sms: 16, launches: [there, experts, back] });
    const times = [{ operator: "dispatch", tokens: 8, time_us: 12, sms: 32, samples: 1, file: 0 }];
    const priced = pricePlan({ ...plan, measured: { files: [], times } }, slowSms);
    const of = new Map(
      sensitivities(priced, simulate(priced)).map((each) => [each.parameter, each.step_time_change]),
    );
    expect(of.get("nvlink.bandwidth") ?? 0).toBeLessThanOrEqual(0);
    expect(of.get("channel_bandwidth")).toBeLessThan(0);
  });

  it("stands in every prediction, the figure that moves the step most first", () => {
    const { sensitivity } = predict(tinyPlan({ launches: [there, experts, experts, back] }), exact);
    const moved = sensitivity.map((each) => Math.abs(each.step_time_change));
    expect(sensitivity[0]?.parameter).toBe("memory_efficiency");
    expect(moved).toEqual([...moved].sort((one, other) => other - one));
  });
});

describe("for any plan and parameters", () => {
  it("the path from the end of the step to its beginning has no gap", () => {
    fc.assert(
      fc.property(randomPlan({ simple: true }), randomParameters, (given, parameters) => {
        const priced = pricePlan(tinyPlan(given), parameters);
        const simulation = simulate(priced);
        const { charges } = criticalPath(priced, simulation);
        let sum = 0;
        for (const [launch, { work, issues }] of charges[0]!) {
          const at = priced.roles[0]!.program.launches.findIndex((each) => each.launch === launch);
          sum += work + issues * issueTime(priced, at);
        }
        expect(sum).toBeCloseTo(simulation.makespanUs, 6);
      }),
    );
  });
});

/** The host goes on from nothing after a read. */
function issueTime({ roles }: PricedPlan, at: number): number {
  const { issueOffsets, kinds } = roles[0]!.program;
  return issueOffsets[at]! - (at === 0 || kinds[at - 1] === READ ? 0 : issueOffsets[at - 1]!);
}

/** How far an estimate may be from a simulation, as a share of the step. */
const NEAR = 0.01;

describe.each([
  ["mixtral-8x7b-prefill", ["Mixtral.depth=3"]],
  ["deepseek-v3-prefill", ["DeepSeekV3.moe_layers=3"]],
  ["deepseek-v3-decode", ["DeepSeekV3.moe_layers=2", "H800.nodes=4", "decode.parallel.ep=32"]],
])("a step of %s", (name, overrides) => {
  it("moves as a simulation with another figure says", async () => {
    const priced = pricePlan(await planOf(name, overrides));
    const simulation = simulate(priced);
    const { plan } = priced.index;
    const estimates = new Map(sensitivities(priced, simulation).map((each) => [each.parameter, each]));
    const told = figuresOf({ machine: plan.machine, parameters: priced.parameters }).map((figure) => {
      const change = estimates.get(figure.name)?.change ?? 0.1;
      const model = figure.replaced(figure.value * (1 + change));
      const other = pricePlan({ ...plan, machine: model.machine }, model.parameters, priced.memo);
      const exactly = simulate(other).makespanUs / simulation.makespanUs - 1;
      return { name: figure.name, estimate: estimates.get(figure.name)?.step_time_change ?? 0, exactly };
    });
    expect(told.filter(({ estimate, exactly }) => Math.abs(estimate - exactly) > NEAR)).toEqual([]);
    const most = told.reduce((best, each) => (Math.abs(each.exactly) > Math.abs(best.exactly) ? each : best));
    expect(Math.abs(most.exactly)).toBeGreaterThan(NEAR);
  });
});

async function planOf(name: string, overrides: readonly string[]): Promise<LaunchPlan> {
  const entry = openEntry(fileURLToPath(new URL(`../../examples/${name}.weft`, import.meta.url)));
  const { compiled, diagnostics } = await compile({ entry, overrides: [...overrides] });
  if (compiled === undefined) throw new Error(JSON.stringify(diagnostics.sorted()));
  return compiled.plan;
}

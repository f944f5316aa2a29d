// Plans whose rows DeepEP moves: the same launches at other prices.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultParameters, parametersOf, throughputTime } from "../../src/cost/index.js";
import { countersOf } from "../../src/emit/trace/counters.js";
import type { Launch, LaunchPlan } from "../../src/plan/index.js";
import {
  Amounts,
  lowerBound,
  pricePlan,
  simulate,
  TRANSFER,
  transportPrices,
  type PricedPlan,
} from "../../src/simulate/index.js";
import { instanceOn, lowLatencyLoadOf, throughputLoadOf } from "../../src/simulate/deepep/load.js";
import { edited, planOf } from "../end-to-end/mixtral.js";
import { randomPlan } from "./random-plan.js";
import { kernel, machine, readCounts, tier, tinyPlan, transfer } from "./tiny-plan.js";

type Mode = LaunchPlan["schedule"]["mode"];
const byDeepEp = (plan: LaunchPlan, mode: Mode = plan.schedule.mode): LaunchPlan => ({
  ...plan,
  schedule: { ...plan.schedule, mode },
  exchanges: plan.exchanges.map((each) => ({ ...each, transport: "deepep" })),
});

describe("for any plan whose rows DeepEP moves", () => {
  it.each(["prefill", "decode"] as const)("the lower bound holds in %s", (mode) => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), (given) => {
        const priced = pricePlan(byDeepEp(tinyPlan(given), mode), defaultParameters);
        const { timeUs } = lowerBound(priced);
        expect(timeUs).toBeLessThanOrEqual(simulate(priced).makespanUs * (1 + 1e-9));
      }),
    );
  });
});

describe("what DeepEP's kernels do themselves", () => {
  const part = (name: string, node: string): Launch =>
    ({
      ...kernel(name, 5, { node, exchange: "moe" }),
      part: name,
    }) as Launch;
  const launches = [
    part("assign", "dispatch"),
    transfer("counts", { records: ["counts"] }),
    readCounts({ waits: ["counts"] }),
    transfer("dispatch"),
    part("unpack", "dispatch"),
    part("repack", "combine"),
    transfer("combine"),
    part("reduce", "combine"),
  ];
  const timesIn = (mode: Mode): ReadonlyMap<string, number> => {
    const plan = byDeepEp(tinyPlan({ launches, sms: 16 }), mode);
    const { program, prices } = pricePlan(plan, defaultParameters).roles[0]!;
    return new Map(
      program.launches.map(({ launch }, at) => [
        launch.id,
        prices.times[prices.rowOf[at]! * prices.columns]!,
      ]),
    );
  };

  it("costs nothing beside them: throughput kernels leave sorting to others", () => {
    const times = timesIn("prefill");
    for (const id of ["assign", "unpack", "repack", "counts", "read", "dispatch", "combine"])
      expect([id, times.get(id)! > 0]).toEqual([id, true]);
    expect(times.get("reduce")).toBe(0);
  });

  it("costs nothing beside them: low-latency kernels do all, and tell the host nothing", () => {
    const times = timesIn("decode");
    for (const id of ["assign", "unpack", "repack", "reduce", "counts", "read"])
      expect([id, times.get(id)]).toEqual([id, 0]);
    for (const id of ["dispatch", "combine"]) expect(times.get(id)).toBeGreaterThan(0);
  });

  it("holds the communicator's SMs, but for low-latency kernels, which hold none while data moves", () => {
    const held = (mode: Mode): readonly number[] => {
      const [role] = pricePlan(byDeepEp(tinyPlan({ launches, sms: 16 }), mode), defaultParameters).roles;
      const { kinds, sms } = role!.program;
      return [...sms].filter((_, at) => kinds[at] === TRANSFER);
    };
    expect(held("prefill")).toEqual([16, 16, 16]);
    expect(held("decode")).toEqual([0, 0, 0]);
  });
});

describe("the phases of a node-aware exchange", () => {
  let plan: LaunchPlan;
  let priced: PricedPlan;
  beforeAll(async () => {
    plan = byDeepEp(
      await planOf(
        edited(["exchange  = auto", "exchange  = node_aware"], ["nodes: 1", "nodes: 2"], ["ep: 8", "ep: 16"]),
        ["Mixtral.depth=2", "Mixtral.experts=16"],
      ),
    );
    priced = pricePlan(plan);
  });
  /** Microseconds of a transfer of the first routed layer on rank 0. */
  const timeOf = (phase: string): number => {
    const { program, prices } = priced.roles[0]!;
    const at = program.launches.findIndex(
      ({ launch }) => launch.kind === "transfer" && launch.phase === phase,
    );
    return prices.times[prices.rowOf[at]! * prices.columns]!;
  };

  it("share the time of one kernel by what they put on their tiers", () => {
    const { launch, layer } = priced.roles[0]!.program.launches.find(
      ({ launch: each }) => each.kind === "transfer",
    )!;
    const exchange = launch.exchange!;
    const counts = priced.traffic.of(exchange, layer);
    const tokens = plan.dimensions.find(({ name }) => name === "tokens")!.value;
    const ranks = Array.from({ length: 16 }, (_, rank) => rank);
    const load = throughputLoadOf(counts, instanceOn(ranks, 8), tokens, undefined);
    const hidden = 4096;
    const bytes = hidden * 2;
    const { sms } = plan.groups[0]!;
    const whole = throughputTime(plan.machine, load, "dispatch", bytes, sms, parametersOf(plan.machine));
    const [across, within] = [timeOf("dispatch_across"), timeOf("dispatch_within")];
    expect((across + within) / whole).toBeCloseTo(1, 6);
    expect(Math.min(across, within)).toBeGreaterThan(0);
  });

  it("share ports, so that two micro-batches do not use them twice", () => {
    const { program, prices } = priced.roles[0]!;
    const sets = program.launches.flatMap(({ launch }, at) =>
      launch.kind === "transfer" ? [prices.ports.of[at]] : [],
    );
    expect(new Set(sets).size).toBe(1);
  });
});

describe("another transport for the same launches", () => {
  const launches = [
    transfer("counts", { records: ["counts"] }),
    readCounts({ waits: ["counts"] }),
    transfer("dispatch"),
    transfer("combine"),
  ];

  it("is priced beside the plan's own, which comes first", () => {
    const prices = transportPrices(pricePlan(tinyPlan({ launches }), defaultParameters));
    expect(prices.map(({ transport }) => transport)).toEqual(["nccl", "deepep"]);
    const other = transportPrices(pricePlan(byDeepEp(tinyPlan({ launches })), defaultParameters));
    expect(other).toEqual([prices[1], prices[0]]);
  });

  it("is faster by DeepEP where a token has several experts on a GPU that it reaches once", () => {
    const rows = { launches, ranks: 2, slotsPerRank: 8, topK: 8, tokens: 4096, sms: 32 };
    const [nccl, deepep] = transportPrices(
      pricePlan(tinyPlan({ ...rows, machine: machine([tier()]) }), defaultParameters),
    );
    expect(deepep!.stepTimeUs).toBeLessThan(nccl!.stepTimeUs);
  });
});

describe("what DeepEP's kernels put on links", () => {
  const launches = [transfer("dispatch", { records: ["there"] }), transfer("combine", { waits: ["there"] })];
  const tiers = [tier({ joins: 4 }), tier({ name: "ib", kind: "rail", joins: 2 })];
  const given = tinyPlan({
    ...{ launches, ranks: 8, slotsPerRank: 2, topK: 8, tokens: 4096, sms: 32 },
    machine: machine(tiers, 8),
    loads: [Array.from({ length: 16 }, (_, slot) => (1 + (slot % 5)) / 46)],
  });
  const everyRank = Array.from({ length: 8 }, (_, rank) => rank);
  const sent = (plan: LaunchPlan, phase: string) => {
    const launch = launches.find(({ id }) => id === phase)!;
    if (launch.kind !== "transfer") throw new Error("no transfer");
    const amounts = new Amounts(pricePlan(plan, defaultParameters));
    return everyRank.map((rank) => amounts.transfer(launch, 0, rank));
  };
  const most = (all: readonly { readonly [way in "out" | "into"]: readonly number[] }[], tierAt: number) =>
    Math.max(...all.flatMap(({ out, into }) => [out[tierAt]!, into[tierAt]!]));

  it.each(["prefill", "decode"] as const)("is on the busiest rank what %s is priced by", (mode) => {
    const plan = byDeepEp(given, mode);
    const counts = pricePlan(plan, defaultParameters).traffic.of("moe", 0);
    const loadOf = mode === "decode" ? lowLatencyLoadOf : throughputLoadOf;
    const load = loadOf(counts, instanceOn(everyRank, 4), 4096, undefined);
    const bytes = 4 * 250;
    for (const phase of ["dispatch", "combine"]) {
      const amounts = sent(plan, phase);
      expect(most(amounts, 0) / (load.overNvlink * bytes)).toBeCloseTo(1, 9);
      expect(most(amounts, 1) / (load.overNetwork * bytes)).toBeCloseTo(1, 9);
    }
  });

  it("leaves and reaches ranks in equal amounts", () => {
    for (const phase of ["dispatch", "combine"])
      for (const tierAt of tiers.keys()) {
        const total = (way: "out" | "into"): number =>
          sent(byDeepEp(given), phase).reduce((sum, each) => sum + each[way][tierAt]!, 0);
        expect(total("out") / total("into")).toBeCloseTo(1, 9);
      }
  });

  it("is less than that of a message for each expert, since a token goes to a node once", () => {
    const across = (plan: LaunchPlan): number =>
      sent(plan, "dispatch").reduce((sum, { out }) => sum + out[1]!, 0);
    expect(across(byDeepEp(given))).toBeLessThan(across(given) / 2);
  });

  it("never fills a link more than whole", () => {
    const priced = pricePlan(byDeepEp(given), defaultParameters);
    const { ranks } = simulate(priced);
    const uses = ranks.flatMap((times, rank) =>
      countersOf(priced, new Amounts(priced), { rank, times, label: "" }).flatMap(({ name, args }) =>
        name.includes("use") ? Object.values(args).map(Number) : [],
      ),
    );
    expect(Math.max(...uses)).toBeGreaterThan(10);
    expect(Math.max(...uses)).toBeLessThanOrEqual(100);
  });
});

// What measurements do to prices: at the size that was measured, between sizes, beyond them, and to what shares the GPU.
import { describe, expect, it } from "vitest";
import type { LaunchPlan, MeasuredTime } from "../../src/plan/index.js";
import { measuredSentence } from "../../src/report/measured/render.js";
import { reportMeasured, type MeasuredReport } from "../../src/report/measured/report.js";
import { predict, pricePlan, simulate } from "../../src/simulate/index.js";
import { compileFiles, planWith, profileOf, schedule } from "./compiled.js";

type Time = Omit<MeasuredTime, "file" | "samples">;

const withTimes = (plan: LaunchPlan, ...times: readonly Time[]): LaunchPlan => ({
  ...plan,
  measured: {
    files: [{ path: "ops.json", kind: "profile", span: [0, 0, 0] }],
    times: times.map((each) => ({ ...each, samples: 1, file: 0 })),
  },
});

const report = (plan: LaunchPlan): MeasuredReport => {
  const made = reportMeasured(pricePlan(plan));
  if (made === undefined) throw new Error("nothing is measured");
  return made;
};

const priceOf = (plan: LaunchPlan, name: string): MeasuredReport["matched"][number] | undefined =>
  report(plan).matched.find((each) => each.name === name);

const plain = (await compileFiles({ "main.weft": schedule() })).compiled!.plan;
const tokens = plain.dimensions.find(({ name }) => name === "tokens")!.value;
const everything = ["embedding", "norm", "gqa", "route", "dispatch", "combine", "swiglu", "add", "linear"];
/** Kernels and transfers, each measured to take what the models say. */
const asModelled = everything.flatMap((operator): Time[] => [
  { operator, scale: 1 },
  { operator, part: "kernels", scale: 1 },
  { operator, part: "counts", scale: 1 },
]);

describe("a measured time", () => {
  it("takes the model's place at the size that it was measured at", () => {
    const given = withTimes(plain, { operator: "swiglu", part: "down", tokens, time_us: 77 });
    expect(priceOf(given, "moe.combine.swiglu.down") ?? priceOf(given, "moe.swiglu.down")).toMatchObject({
      fit: "exact",
      time_us: 77,
    });
  });

  it("is told by tokens, by rows or by the rows of its matrix product", () => {
    const times = ([{ tokens }, { rows: 2 * tokens }, { m: 2 * tokens }] as const).map((size) => {
      const { matched } = report(
        withTimes(plain, { operator: "swiglu", part: "down", ...size, time_us: 77 }),
      );
      return matched.map(({ fit, time_us }) => [fit, time_us]);
    });
    expect(times).toEqual([[["exact", 77]], [["exact", 77]], [["exact", 77]]]);
  });

  it("of an operator without a part is that of all its kernels together", () => {
    const { matched } = report(withTimes(plain, { operator: "gqa", tokens, time_us: 1000 }));
    expect(matched.length).toBeGreaterThan(1);
    expect(matched.reduce((sum, { time_us }) => sum + time_us, 0)).toBeCloseTo(1000, 2);
  });

  it("of a dispatch is that of the transfers of its rows; its kernels have a name of their own", () => {
    const names = (part: object): readonly string[] =>
      report(withTimes(plain, { operator: "dispatch", ...part, scale: 2 })).matched.map(({ kind }) => kind);
    expect(new Set(names({}))).toEqual(new Set(["transfer"]));
    expect(new Set(names({ part: "kernels" }))).toEqual(new Set(["kernel"]));
    expect(names({ part: "counts" })).toEqual(["transfer"]);
  });

  it("between two sizes lies between what the two say, and beyond them keeps the nearest's ratio", () => {
    const at = (...sizes: readonly (readonly [number, number])[]): MeasuredReport["matched"][number] =>
      report(
        withTimes(plain, ...sizes.map(([size, time_us]) => ({ operator: "linear", tokens: size, time_us }))),
      ).matched[0]!;
    const between = at([tokens / 2, 100], [tokens * 2, 300]);
    expect(between.fit).toBe("interpolated");
    expect(between.time_us).toBeGreaterThan(100);
    expect(between.time_us).toBeLessThan(300);
    const beyond = at([tokens / 4, 100], [tokens / 2, 150]);
    const alone = at([tokens / 2, 150]);
    expect([beyond.fit, alone.fit]).toEqual(["scaled", "scaled"]);
    expect(beyond.time_us).toBe(alone.time_us);
  });

  it("counts where it says more: a node before an operator, a part before all", () => {
    const given = withTimes(
      plain,
      { operator: "norm", scale: 2 },
      { operator: "moe.u", scale: 3 },
      { operator: "gqa", scale: 4 },
      { operator: "gqa", part: "attend", scale: 5 },
    );
    const ratios = new Map(report(given).matched.map((each) => [each.name, each.time_us / each.model_us]));
    expect(ratios.get("moe.u.norm")).toBeCloseTo(3);
    expect(ratios.get("moe.h.norm.norm") ?? ratios.get("head.norm.norm")).toBeCloseTo(2);
    expect(
      [...ratios].filter(([name]) => name.endsWith(".attend")).map(([, ratio]) => Math.round(ratio)),
    ).toEqual([5]);
  });

  it("matches nothing where it states another shape, format or machine", () => {
    const others: readonly Time[] = [
      { operator: "gemm", m: 32, n: 7, k: 64, time_us: 9 },
      { operator: "linear", dtype: "fp8", tokens, time_us: 9 },
      { operator: "dispatch", ranks: 64, tokens, time_us: 9 },
      { operator: "dispatch", algorithm: "node_aware", scale: 2 },
      { operator: "mla", scale: 2 },
    ];
    const { matched, unmatched } = report(withTimes(plain, ...others));
    expect(matched).toEqual([]);
    expect(unmatched).toHaveLength(others.length);
  });

  it("stands behind a more specific one, which is not the same as matching nothing", () => {
    const [general, exact] = [
      { operator: "dispatch", scale: 2 },
      { operator: "moe.dispatch", part: "dispatch", scale: 3 },
    ];
    const told = report(withTimes(plain, general, exact, { operator: "mla", scale: 2 }));
    expect(told.shadowed).toMatchObject([general]);
    expect(told.unmatched).toMatchObject([{ operator: "mla" }]);
    expect(measuredSentence(told)).toContain("; 1 measurement stands behind a more specific one: dispatch;");
  });

  it("of a transfer that states no SMs is told with those that it is taken to have had", async () => {
    const profile = (sms: object): string => profileOf({ operator: "dispatch", tokens, time_us: 9, ...sms });
    // One measurement of two transfers counts once, in a copy of the report too.
    const twice = (told: MeasuredReport): MeasuredReport => ({
      ...told,
      matched: [...told.matched, ...structuredClone(told.matched)],
    });
    const said = async (sms: object): Promise<string> =>
      measuredSentence(twice(report(await planWith(profile(sms)))));
    expect(await said({})).toContain("; 1 measurement states no SMs and is taken as measured with 16 SMs");
    expect(await said({ sms: 16 })).not.toContain("taken as");
  });
});

describe("a profile", () => {
  it("that says what the models say changes no price", () => {
    const own = report(withTimes(plain, ...asModelled));
    expect(own.kernels_measured).toBe(own.kernels);
    expect(own.transfers_measured).toBe(own.transfers);
    const { gpu } = plain.machine;
    const sms = plain.groups[0]!.sms;
    const exact = pricePlan(withTimes(plain, ...asModelled)).measured!.measured.map(
      ({ target: { of, part, kind }, modelUs }): Time => ({
        operator: `${of.block}.${of.node}`,
        part,
        tokens,
        time_us: modelUs,
        sms: kind === "kernel" ? gpu.sms : sms,
      }),
    );
    const measured = withTimes(plain, ...exact);
    expect(report(measured).exact).toBe(own.matched.length);
    expect(predict(measured).step_time_us).toBeCloseTo(predict(plain).step_time_us, 2);
    expect(predict(measured).lower_bound_us).toBeCloseTo(predict(plain).lower_bound_us, 2);
  });

  it("stands in the plan, so that the plan alone has the same price, with or without its reasons", async () => {
    const plan = await planWith(
      profileOf({ operator: "dispatch", scale: 3 }, { operator: "gqa", tokens, time_us: 40 }),
    );
    const { why, ...bare } = plan;
    expect(predict(bare).step_time_us).toBe(why?.prediction.step_time_us);
    expect(plan.measured?.files).toMatchObject([{ path: "ops.json", kind: "profile" }]);
    const { measured: _, ...unmeasured } = bare;
    expect(predict(unmeasured).step_time_us).toBeLessThan(predict(bare).step_time_us);
  });

  it("slows a transfer down, and the kernels beside it by the SMs that it holds longer", () => {
    const slow = simulate(pricePlan(withTimes(plain, { operator: "dispatch", scale: 10 })));
    expect(slow.makespanUs).toBeGreaterThan(simulate(pricePlan(plain)).makespanUs);
  });

  it("of several entries for one thing counts by their median", async () => {
    const { compiled } = await compileFiles({
      "main.weft": schedule('profile "ops.json"'),
      "ops.json": profileOf(...[10, 40, 20].map((time_us) => ({ operator: "linear", tokens, time_us }))),
    });
    expect(compiled?.plan.measured?.times).toMatchObject([{ time_us: 20, samples: 3 }]);
  });
});

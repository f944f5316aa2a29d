// The report on predictions: what it says of tables whose truth is known.
import { describe, expect, it } from "vitest";
import { assess } from "./assess.js";
import { summarise } from "./errors.js";
import { factTable, readable } from "./facts.js";
import type { Family } from "./family.js";
import { fit } from "./fit.js";
import { parameterKnob, tierKnob, turned } from "./model.js";
import { libraryModel } from "./systems.js";

/** Times of a made-up kernel: a start, and bytes at a share of the memory bandwidth. */
const copies: Family = {
  name: "copies",
  file: "copies.json",
  knobs: [parameterKnob("memoryEfficiency", 0.3, 1), parameterKnob("kernelStart", 0.5, 20)],
  cases: (table) =>
    readable(table, (row) => {
      const bytes = row.number("bytes");
      return {
        system: row.text("system"),
        label: `${String(bytes)} bytes`,
        measuredUs: row.number("us"),
        predictUs: ({ machine: { gpu }, parameters: { memoryEfficiency, kernelStart } }) =>
          kernelStart + (bytes / (gpu.memory_bandwidth_bytes_per_s * memoryEfficiency)) * 1e6,
      };
    }),
};

/** What the kernel takes on H100 and A100 with these values. */
function measured(efficiency: number, start: number): ReturnType<typeof factTable> {
  const rows = (["h100_sxm", "a100_sxm"] as const).flatMap((system) =>
    Array.from({ length: 20 }, (_, at) => {
      const bytes = 1e4 * 2 ** at;
      const bandwidth = system === "h100_sxm" ? 3.35e12 : 2.039e12;
      return [system, bytes, start + (bytes / (bandwidth * efficiency)) * 1e6];
    }),
  );
  return factTable({ columns: ["system", "bytes", "us"], rows });
}

const options = { withFits: false, progress: () => undefined };

describe("a fit", () => {
  it("finds the values that measurements were made with", () => {
    const table = measured(0.73, 4.2);
    const model = libraryModel("h100_sxm")!;
    const cases = copies.cases(table).filter(({ system }) => system === "h100_sxm");
    const [efficiency, start] = fit(copies.knobs, [{ model, cases }]);
    expect(efficiency).toBeCloseTo(0.73, 3);
    expect(start).toBeCloseTo(4.2, 2);
  });

  it("is not pulled by a few measurements that are far off", () => {
    const model = libraryModel("h100_sxm")!;
    const cases = copies
      .cases(measured(0.73, 4.2))
      .filter(({ system }) => system === "h100_sxm")
      .map((each, at) => (at % 7 === 3 ? { ...each, measuredUs: each.measuredUs * 6 } : each));
    expect(fit(copies.knobs, [{ model, cases }])[0]).toBeCloseTo(0.73, 1);
  });
});

describe("a knob", () => {
  it("turns a parameter, or what a tier states", () => {
    const knobs = [parameterKnob("kernelStart", 1, 9), tierKnob(1, "latency_us", 1, 9)];
    const model = libraryModel("h100_sxm")!;
    const { parameters, machine } = turned(model, knobs, [7, 8]);
    expect(parameters.kernelStart).toBe(7);
    expect(machine.tiers.map((tier) => tier.latency_us)).toEqual([model.machine.tiers[0]!.latency_us, 8]);
  });
});

describe("the assessment of a family", () => {
  it("tells what ships from what a fit reaches, on rows and machines that the fit has not seen", () => {
    const { assessments } = assess(copies, measured(0.4, 9), options);
    expect(assessments.map(({ machine, cases, parameters }) => [machine, cases, parameters])).toEqual([
      ["h100_sxm", 20, 2],
      ["a100_sxm", 20, 2],
    ]);
    for (const { median, fold_median, fold_p90, machine_out_median } of assessments) {
      expect(median).toBeGreaterThan(0.2);
      for (const error of [fold_median, fold_p90, machine_out_median]) expect(error).toBeLessThan(0.01);
    }
  });

  it("reports machines that the library lacks", () => {
    const table = factTable({ columns: ["system", "bytes", "us"], rows: [["abacus_9000", 1e6, 5]] });
    expect(assess(copies, table, options)).toMatchObject({
      assessments: [],
      unknown: [{ family: "copies", machine: "abacus_9000", cases: 1 }],
    });
  });

  it("leaves out rows that lack something, and does not stop at them", () => {
    const table = factTable({
      columns: ["system", "bytes", "us"],
      rows: [
        ["h100_sxm", 1e6, 5],
        ["h100_sxm", "many", 5],
        ["h100_sxm", 1e6, 0],
        ["h100_sxm", 1e6, -5],
        ["h100_sxm"],
        "no row",
        null,
      ],
    });
    expect(assess(copies, table, options).assessments).toMatchObject([{ cases: 1, fold_median: null }]);
  });
});

describe("a summary of errors", () => {
  it("is the middle and what nine in ten stay below", () => {
    expect(summarise([0.5, 0.1, 0.2, 0.3, 0.4])).toEqual({
      median: 0.3,
      p90: expect.closeTo(0.46) as number,
    });
    expect(summarise([])).toBeUndefined();
  });
});

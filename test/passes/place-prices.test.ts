// Prices of an expert's rows follow from whatever stands between dispatch and combine.
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/check.js";
import { prepare } from "../../src/passes/plan/build.js";
import type { PlaceProblem } from "../../src/place/index.js";
import { edited } from "../end-to-end/mixtral.js";

/** The placement problem of the Mixtral example, changed. */
function problemOf(
  edits: readonly (readonly [from: string, to: string])[],
  overrides: readonly string[] = [],
): PlaceProblem {
  const uri = "mixtral-8x7b-prefill.weft";
  const text = edited(...edits);
  const host = { read: (wanted: string) => (wanted === uri ? { text } : { problem: "missing" as const }) };
  const { program, diagnostics } = check(uri, host, { overrides });
  expect(diagnostics.sorted().map(({ message }) => message)).toEqual([]);
  const [site, ...others] = prepare(program!).placer.sites;
  expect(others).toEqual([]);
  return site!.problem;
}

const body = "swiglu(dispatch(u, gate), width: 14336)";

describe("prices of a layer", () => {
  const { prices, gpus, gate } = problemOf([]);

  it("are of a micro-batch, of rows in the formats in which they travel, and of all that an expert weighs", () => {
    expect(prices).toMatchObject({
      ...{ tokensPerGpu: 8192, dispatchBytes: 4096 * 2, combineBytes: 4096 * 2 },
      expertBytes: 3 * 4096 * 14336 * 2,
    });
    expect(gpus).toEqual({
      nodeOf: new Array<number>(8).fill(0),
      slots: new Array<number>(8).fill(1),
      speeds: new Array<number>(8).fill(1),
    });
    expect(gate).toEqual({ topK: 2, groups: 1, topGroups: 1 });
  });

  it("carry the scales of fp8", () => {
    const fp8 = problemOf([["dispatch: bf16", "dispatch: fp8"]]).prices;
    expect(fp8.dispatchBytes).toBe(4096 + 4 * (4096 / 128));
    expect(fp8.combineBytes).toBe(prices.combineBytes);
  });

  it("rise with rows, and weights are read once for each expert", () => {
    expect(prices.expertsUs([0])).toBe(0);
    expect(prices.expertsUs([8000])).toBeGreaterThan(1.8 * prices.expertsUs([4000]));
    expect(prices.expertsUs([8, 8, 8, 8])).toBeGreaterThan(2 * prices.expertsUs([32]));
  });

  it("are those of an expert of one's own, where a model has one", () => {
    const own = problemOf([
      [body, "expert(dispatch(u, gate))"],
      [
        "  block moe(x) {",
        "  block expert(y) {\n    return linear(norm(y), width: hidden) + swiglu(y, width: 7168)\n  }\n\n  block moe(x) {",
      ],
    ]).prices;
    // One product of 4096 x 4096, three of 4096 x 7168, and the gain of the norm.
    expect(own.expertBytes).toBe((4096 * 4096 + 3 * 4096 * 7168 + 4096) * 2);
    expect(own.expertsUs([4000])).toBeLessThan(prices.expertsUs([4000]));
    expect(own.expertsUs([4000])).toBeGreaterThan(0.5 * prices.expertsUs([4000]));
  });

  it("know nodes where GPUs that share experts are on several", () => {
    const two = problemOf([
      ["H100(nodes: 1)", "H100(nodes: 2)"],
      ["parallel  = { ep: 8 }", "parallel  = { ep: 16 }"],
      ["placement = auto", "placement = auto(redundant: 8)"],
    ]);
    expect(two.gpus.nodeOf).toEqual([...new Array<number>(8).fill(0), ...new Array<number>(8).fill(1)]);
    expect(two.prices.slowRate).toBeLessThan(two.prices.fastRate / 4);
  });
});

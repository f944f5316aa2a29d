import { describe, expect, it } from "vitest";
import type { DenseValue } from "../../src/operators/operator.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { ExecutionContext } from "../../src/run/context.js";
import { ExecutionData } from "../../src/run/data.js";
import { evaluateLayer } from "../../src/run/oracle/block.js";
import { denseLayer, inputIds } from "../../src/run/oracle/dense-layer.js";
import { tinyPlan } from "./tiny-plan.js";

/** For each layer with experts, how much its result changes (max-norm) when they count for nothing. */
function effectOfExperts(plan: LaunchPlan): number[] {
  const context = new ExecutionContext(miniature(plan).plan);
  const data = new ExecutionData(context, 1);
  const without = new ExecutionData(context, 1, true);
  const effects: number[] = [];
  let input: DenseValue = { kind: "ids", data: inputIds(context, data) };
  for (let layer = 0; layer < context.index.layers; layer++) {
    const block = context.index.block(context.index.runOfLayer(layer).run.block);
    const [output, changed] = [data, without].map(
      (each) => evaluateLayer(denseLayer(context, each, block, layer, input, new Map())).output,
    );
    if (output?.kind !== "rows" || changed?.kind !== "rows") throw new Error("a layer gives no rows");
    if (block.nodes.some((node) => node.output.kind === "gate"))
      effects.push(largest(output.data.map((value, at) => value - changed.data[at]!)) / largest(output.data));
    input = output;
  }
  return effects;
}

const largest = (values: Float64Array): number =>
  values.reduce((most, each) => Math.max(most, Math.abs(each)), 0);

function dataOf(plan: LaunchPlan, seed = 0): { context: ExecutionContext; data: ExecutionData } {
  const context = new ExecutionContext(plan);
  return { context, data: new ExecutionData(context, seed) };
}

describe("the data of an execution", () => {
  it("lets routed experts matter in every layer of a deep model", () => {
    const effects = effectOfExperts(tinyPlan({ moeLayers: 60, experts: 8 }));
    expect(effects).toHaveLength(60);
    for (const effect of effects) expect(effect).toBeGreaterThan(0.1);
  });

  it("has matrices of variance 1 / fan_in that grow where they add to the residual stream", () => {
    const { context, data } = dataOf(tinyPlan({ moeLayers: 60 }));
    const node = context.index.node("moe", "y");
    const deviation = (layer: number, weight: string) => {
      const values = [0, 1, 2, 3].flatMap((expert) => [...data.weight({ layer, node, weight, expert })]);
      return Math.sqrt(values.reduce((sum, each) => sum + each * each, 0) / values.length);
    };
    expect(deviation(1, "w_up")).toBeCloseTo(Math.sqrt(1 / 16), 1);
    expect(deviation(60, "w_up")).toBeCloseTo(Math.sqrt(1 / 16), 1);
    expect(deviation(60, "w_down") / deviation(1, "w_down")).toBeGreaterThan(10);
  });

  it("differs by layer, expert, weight and seed, and by nothing else", () => {
    const { context, data } = dataOf(tinyPlan());
    const node = context.index.node("moe", "y");
    const name = { layer: 1, node, weight: "w_gate", expert: 0 };
    const values = data.weight(name);
    expect(dataOf(tinyPlan({ ranks: 4, expertOfSlot: [3, 2, 1, 0] })).data.weight(name)).toEqual(values);
    for (const other of [{ layer: 2 }, { expert: 1 }, { weight: "w_up" }])
      expect(data.weight({ ...name, ...other })).not.toEqual(values);
    expect(dataOf(tinyPlan(), 1).data.weight(name)).not.toEqual(values);
  });
});

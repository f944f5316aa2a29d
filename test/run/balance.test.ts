import { describe, expect, it } from "vitest";
import { ExecutionContext } from "../../src/run/context.js";
import { ExecutionData } from "../../src/run/data.js";
import { balanceRouters } from "../../src/run/balance.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { evaluateLayer } from "../../src/run/oracle/block.js";
import { denseLayer, inputIds } from "../../src/run/oracle/dense-layer.js";
import type { DenseValue, Operator } from "../../src/operators/operator.js";
import { tinyPlan } from "./tiny-plan.js";

/** [layer with experts][expert] the share of (token, expert) pairs in the dense evaluation. */
function sharesOf(plan: LaunchPlan, balanced: boolean): number[][] {
  const context = new ExecutionContext(plan);
  const data = new ExecutionData(context, 1);
  if (balanced) balanceRouters(context, data);
  const shares: number[][] = [];
  let input: DenseValue = { kind: "ids", data: inputIds(context, data) };
  for (let layer = 0; layer < context.index.layers; layer++) {
    const block = context.index.block(context.index.runOfLayer(layer).run.block);
    const dense = denseLayer(context, data, block, layer, input, new Map());
    const counting = (operator: Operator): Operator => ({
      ...operator,
      reference: (call) => {
        const result = operator.reference(call);
        if (result.value.kind === "gate") {
          const { experts } = result.value;
          shares.push(
            Array.from(
              { length: 4 },
              (_, expert) => experts.filter((each) => each === expert).length / experts.length,
            ),
          );
        }
        return result;
      },
    });
    input = evaluateLayer({ ...dense, operatorOf: (node) => counting(context.operatorOf(node)) }).output;
  }
  return shares;
}

const plan = (loads: number[]): LaunchPlan => {
  const tiny = tinyPlan({ ranks: 8, moeLayers: 6 });
  tiny.routing[0]!.loads = [loads];
  return tiny;
};
const farthest = (shares: number[][], wanted: number[]): number =>
  Math.max(...shares.flatMap((layer) => layer.map((share, expert) => Math.abs(share - wanted[expert]!))));

describe("the bias of executed routers", () => {
  it.each([
    ["uniform", [0.25, 0.25, 0.25, 0.25]],
    ["skewed", [0.4, 0.3, 0.2, 0.1]],
  ])("makes loads follow a %s routing", (_name, wanted) => {
    expect(farthest(sharesOf(plan(wanted), false), wanted)).toBeGreaterThan(0.06);
    expect(farthest(sharesOf(plan(wanted), true), wanted)).toBeLessThan(0.04);
  });

  it("does not depend on the placement", () => {
    const wanted = [0.4, 0.3, 0.2, 0.1];
    const moved = tinyPlan({ ranks: 8, moeLayers: 6, expertOfSlot: [3, 3, 2, 2, 1, 1, 0, 0] });
    moved.routing[0]!.loads = [wanted];
    expect(sharesOf(moved, true)).toEqual(sharesOf(plan(wanted), true));
  });
});

// What is counted from executed choices is what an executor of the same plan counts as it goes.
import { describe, expect, it } from "vitest";
import { miniature, type LaunchPlan } from "../../../src/plan/index.js";
import { balanceRouters } from "../../../src/run/balance.js";
import { executeAndCompare } from "../../../src/run/checked-execution.js";
import { ExecutionContext } from "../../../src/run/context.js";
import { CpuBackend } from "../../../src/run/cpu/backend.js";
import { countedBy } from "../../../src/run/cuda/counted.js";
import { ExecutionData } from "../../../src/run/data.js";
import { Execution } from "../../../src/run/execution.js";
import { crowded, overNodes } from "../../end-to-end/crowded.js";
import { edited, planOf } from "../../end-to-end/mixtral.js";
import { planOf as planOfExample } from "../../examples/example.js";

const shallow = ["Mixtral.depth=2"];
const exchange = (choice: string): string => edited(["exchange  = auto", `exchange  = ${choice}`]);

const cases: readonly (readonly [name: string, plan: () => Promise<LaunchPlan>])[] = [
  ["a direct exchange", () => planOf(edited(), shallow)],
  ["experts that ranks do not divide", () => planOf(edited(), [...shallow, "Mixtral.experts=12"])],
  ["fixed rows", () => planOf(exchange("auto(tokens: capacity(1.25))"), shallow)],
  ["a node-aware exchange", () => planOfExample("deepseek-v3-prefill", ["DeepSeekV3.moe_layers=2"])],
  ["rounds", () => crowded("rounds")],
  ["rounds of a node-aware exchange", () => overNodes("rounds", false)],
  ["rounds with sums on the nodes", () => overNodes("rounds", true, 4)],
];

describe.each(cases)("%s", (_name, make) => {
  it("is counted as it was executed", async () => {
    const context = new ExecutionContext(miniature(await make()).plan);
    const data = new ExecutionData(context, 1);
    balanceRouters(context, data);
    const execution = new Execution(context, data, 1);
    const { world: ranks } = context.plan;
    const { captures, rankWords } = context;
    const backend = new CpuBackend({ ranks, rankWords, captureWords: captures.words });
    const { failure } = await executeAndCompare(execution, backend, 1e-4);
    expect(failure).toBeUndefined();
    const choices = new Map<string, Uint32Array>();
    for (let layer = 0; layer < context.index.layers; layer++)
      for (const { node, word, width } of captures.valuesOf(layer)) {
        const [words] = await backend.read([{ word, words: captures.tokensOf(layer) * width }]);
        choices.set(`${layer}/${node}`, words!);
      }
    const counted = countedBy(context, (layer, gate) => choices.get(`${layer}/${gate}`)!);
    expect(counted.amounts).toEqual(execution.amounts);
    expect(counted.inRounds()).toEqual(execution.inRounds());
    for (let layer = 0; layer < context.index.layers; layer++) {
      expect(counted.receivedRows(layer)).toEqual(execution.receivedRows(layer));
      expect(counted.copiesAway(layer)).toEqual(execution.copiesAway(layer));
    }
  });
});

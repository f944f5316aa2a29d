// What the emitted runtime makes from a seed is what the executor makes: names, scales and numbers.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WeightSpec } from "../../../../src/operators/operator.js";
import type { Node } from "../../../../src/plan/index.js";
import type { ExecutionContext } from "../../../../src/run/context.js";
import { ExecutionData } from "../../../../src/run/data.js";
import { canRun } from "../program.js";
import { ask, compileDriver, type Driver } from "./driver.js";

const SEEDS = [1, 7, 2 ** 40 + 3];
const AT = [0, 1000, 2000, 3000, 4000];

/** A block whose node `ffn` has one weight, with 4 experts for each token. */
function dataOf(seed: number, spec: Pick<WeightSpec, "init" | "residual">): ExecutionData {
  const gate = { id: "gate", dims: {} };
  const context = {
    environment: () => undefined,
    operatorOf: () => ({
      weights: () => [{ name: "w_down", shape: [5000], precision: "weights", fanIn: 48, ...spec }],
    }),
    dimsOf: () => ({ top_k: 4 }),
    index: { runOfLayer: () => ({ run: { block: "b" } }), block: () => ({ nodes: [gate] }) },
  };
  return new ExecutionData(context as unknown as ExecutionContext, seed);
}

const node = { id: "ffn", dims: {}, output: { kind: "routed", gate: "gate" } } as unknown as Node;

describe.runIf(canRun("memory of emitted programs", ["g++"]))("an emitted program makes from a seed", () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await compileDriver("seed_driver.cpp", ["noise.cpp", "check.cpp"]);
  });
  afterAll(() => driver.remove());

  /** The numbers that it prints for a question. */
  async function numbersOf(question: readonly (string | number)[]): Promise<number[]> {
    const [, ...numbers] = (await ask(driver, question.join(" "))).trim().split(" ");
    return numbers.map((each) => Math.fround(Number(each)));
  }

  it.each(SEEDS)("the weights that the executor makes from seed %i", async (seed) => {
    for (const [what, init, residual, expert] of [
      ["matrix", "matrix", false, undefined],
      ["gain", "gain", false, undefined],
      ["residual", "matrix", true, undefined],
      ["residual", "matrix", true, 17],
    ] as const) {
      const own = expert === undefined ? {} : { expert };
      const values = dataOf(seed, { init, residual }).weight({ layer: 9, node, weight: "w_down", ...own });
      expect(await numbersOf([seed, what, 9, expert ?? -1, 0])).toEqual(AT.map((at) => values[at]));
    }
  });

  it.each(SEEDS)("the caches and token ids that the executor makes from seed %i", async (seed) => {
    const data = dataOf(seed, { init: "matrix", residual: false });
    const state = data.state(3, "attn", "kv", 5, 1, 5000);
    expect(await numbersOf([seed, "state", 3, 0, 5])).toEqual(AT.map((at) => state[at]));
    const ids = [0, 1, 2, 3, 4].map((row) => data.tokenId(5, 1, row, 1000));
    expect(await numbersOf([seed, "ids", 0, 0, 5])).toEqual(ids);
  });
});

import { describe, expect, it } from "vitest";
import { operatorNamed } from "../../../src/operators/registry.js";
import type { Block, Node } from "../../../src/plan/index.js";
import { evaluateLayer, liftingGate } from "../../../src/run/oracle/block.js";

const span: [number, number, number] = [0, 0, 0];
const node = (
  id: string,
  op: string,
  inputs: string[],
  kind: Node["output"]["kind"],
  more: Partial<Node> = {},
): Node => ({
  id,
  op,
  inputs,
  dims: {},
  options: {},
  output: { kind, shape: [], ...(kind === "routed" ? { gate: "g" } : {}) },
  span,
  ...more,
});

/** One number a token; expert e multiplies by its weight. */
const block: Block = {
  name: "b",
  input: { name: "x", type: { kind: "tokens", shape: [] } },
  nodes: [
    node("g", "route", ["x"], "gate", { options: { score: "softmax", normalize: true, scale: 1 } }),
    node("d", "dispatch", ["x", "g"], "routed"),
    node("y", "linear", ["d"], "routed"),
    node("c", "combine", ["y", "g"], "tokens"),
  ],
  result: "c",
  span,
};

describe("the dense evaluation of a block", () => {
  const scaleOfExpert = [10, 100];
  const evaluate = () =>
    evaluateLayer({
      block,
      input: { kind: "rows", width: 1, data: Float64Array.from([1, -2, 3]) },
      operatorOf: ({ op }) => operatorNamed(op),
      dimsOf: () => ({ in: 1, width: 1, experts: 2, top_k: 1, groups: 1, top_groups: 1 }),
      // The router's logits are (x, -x): positive tokens go to expert 0, the others to expert 1.
      weight: ({ id }, weight, expert) =>
        Float64Array.from(id === "y" ? [scaleOfExpert[expert!]!] : weight === "w" ? [1, -1] : [0, 0]),
      state: () => new Float64Array(),
      executedChoice: () => undefined,
      droppedPairs: () => undefined,
    });

  it("gives each row to the expert that the gate chose, with that expert's weights", () => {
    expect(evaluate().output).toEqual({ kind: "rows", width: 1, data: Float64Array.from([10, -200, 30]) });
  });

  it("lifts what takes routed rows, and not the dispatch itself", () => {
    expect(block.nodes.map((each) => liftingGate(block, each))).toEqual([
      undefined,
      undefined,
      "g",
      undefined,
    ]);
  });

  it("reports the ties of each gate", () => {
    expect(evaluate().ties).toEqual(new Map([["g", []]]));
  });
});

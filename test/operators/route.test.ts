import { describe, expect, it } from "vitest";
import type { DenseValue } from "../../src/operators/operator.js";
import { route } from "../../src/operators/route/operator.js";
import { expectEverywhere, rows } from "./expect.js";
import { evaluateReference, type NodeCase } from "./node-case.js";

const gate = (topK: number, experts: readonly number[], weights: readonly number[]): DenseValue => ({
  kind: "gate",
  topK,
  experts: Uint32Array.from(experts),
  weights: Float64Array.from(weights),
});

/** One token of one column 1, so that the router's matrix holds the logits. */
function routed(
  logits: readonly number[],
  dims: { top_k: number; groups?: number; top_groups?: number },
  options: NodeCase["options"] = {},
  bias: readonly number[] = logits.map(() => 0),
): NodeCase {
  return {
    operator: route,
    dims: { in: 1, experts: logits.length, groups: 1, top_groups: 1, ...dims },
    options: { score: "softmax", normalize: true, scale: 1, ...options },
    inputs: [rows(1, 1)],
    weights: { w: logits, bias },
  };
}

describe("route by softmax", () => {
  // Softmax of 0, ln 4, ln 2, 0: 1/8, 4/8, 2/8, 1/8.
  const logits = [0, Math.log(4), Math.log(2), 0];

  it("chooses the best experts and divides their weights by their sum", async () => {
    await expectEverywhere(routed(logits, { top_k: 2 }), gate(2, [1, 2], [2 / 3, 1 / 3]));
  });

  it("leaves the weights as they are if told so, and scales them", async () => {
    const node = routed(logits, { top_k: 2 }, { normalize: false, scale: 3 });
    await expectEverywhere(node, gate(2, [1, 2], [1.5, 0.75]));
  });

  it("prefers the lower index among equal scores", async () => {
    await expectEverywhere(routed(logits, { top_k: 3 }), gate(3, [1, 2, 0], [4 / 7, 2 / 7, 1 / 7]));
  });

  it("chooses by score and bias and weighs by score alone", async () => {
    // Biased, expert 3 has 1/8 + 1/2 and comes first.
    const node = routed(logits, { top_k: 2 }, {}, [0, 0, 0, 0.5]);
    await expectEverywhere(node, gate(2, [3, 1], [0.2, 0.8]));
  });

  it("can choose all experts", async () => {
    await expectEverywhere(routed(logits, { top_k: 4 }), gate(4, [1, 2, 0, 3], [1 / 2, 1 / 4, 1 / 8, 1 / 8]));
  });
});

describe("route by sigmoid in groups", () => {
  // Sigmoids 9/10, 1/4 | 1/2, 3/4 | 1/4, 1/4: the groups' sums of two are 1.15, 1.25, 0.5.
  const [ln3, ln9] = [Math.log(3), Math.log(9)];
  const logits = [ln9, -ln3, 0, ln3, -ln3, -ln3];
  const options = { score: "sigmoid" };

  it("takes experts of the best group, although the best expert is elsewhere", async () => {
    const node = routed(logits, { top_k: 2, groups: 3, top_groups: 1 }, options);
    await expectEverywhere(node, gate(2, [3, 2], [3 / 5, 2 / 5]));
  });

  it("takes the best experts of the best groups", async () => {
    const node = routed(logits, { top_k: 2, groups: 3, top_groups: 2 }, options);
    await expectEverywhere(node, gate(2, [0, 3], [6 / 11, 5 / 11]));
  });

  it("ranks groups with their bias", async () => {
    // 1/2 more on each expert of the last group makes its sum 1.5; its equal experts stand by index.
    const node = routed(logits, { top_k: 2, groups: 3, top_groups: 1 }, options, [0, 0, 0, 0, 0.5, 0.5]);
    await expectEverywhere(node, gate(2, [4, 5], [1 / 2, 1 / 2]));
  });

  it("adds only the two best of a group", async () => {
    // 3/4, 1/4, 1/4 and 1/2, 1/2, 1/2: by two best 1 and 1, so that the lower group is kept; by all three the other would be.
    const node = routed([ln3, -ln3, -ln3, 0, 0, 0], { top_k: 1, groups: 2, top_groups: 1 }, options);
    await expectEverywhere(node, gate(1, [0], [1]));
  });

  it("lets a group of one count by its expert", async () => {
    const node = routed([0, ln9, ln3], { top_k: 2, groups: 3, top_groups: 2 }, options);
    await expectEverywhere(node, gate(2, [1, 2], [6 / 11, 5 / 11]));
  });
});

describe("route of many experts", () => {
  it("chooses in order, however many groups and experts it keeps", async () => {
    // 20 groups of 2 with scores i * i / 2000, mixed up; of the best 11 groups, the best 19 of 22 experts.
    const place = (i: number) => (i * 17) % 40;
    const scores = Array.from({ length: 40 }, (_, expert) => (1 + place(expert)) ** 2 / 2000);
    const logits = scores.map((score) => Math.log(score / (1 - score)));
    const groups = Array.from({ length: 20 }, (_, group) => group);
    const sumOf = (group: number) => scores[2 * group]! + scores[2 * group + 1]!;
    const kept = groups.sort((a, b) => sumOf(b) - sumOf(a) || a - b).slice(0, 11);
    const best = kept
      .flatMap((group) => [2 * group, 2 * group + 1])
      .sort((a, b) => scores[b]! - scores[a]!)
      .slice(0, 19);
    const total = best.reduce((sum, expert) => sum + scores[expert]!, 0);
    const node = routed(logits, { top_k: 19, groups: 20, top_groups: 11 }, { score: "sigmoid" });
    await expectEverywhere(
      node,
      gate(
        19,
        best,
        best.map((expert) => scores[expert]! / total),
      ),
    );
  });
});

describe("route held against an execution", () => {
  const choose = (node: NodeCase, ...executed: readonly number[]) => {
    const { value, ties } = evaluateReference(node, Uint32Array.from(executed));
    if (value.kind !== "gate") throw new Error("a gate");
    return { experts: [...value.experts], ties };
  };
  const sigmoid = { score: "sigmoid" };
  const logit = (score: number) => Math.log(score / (1 - score));

  it("follows the execution where the k-th and the next score tie", () => {
    const node = routed([0.9, 0.5, 0.500001, 0.1].map(logit), { top_k: 2 }, sigmoid);
    expect(choose(node, 0, 1)).toEqual({ experts: [0, 1], ties: [0] });
    expect(choose(node, 0, 2)).toEqual({ experts: [0, 2], ties: [0] });
    expect(choose(node, 0, 3)).toEqual({ experts: [0, 2], ties: [0] });
    expect(choose(node, 1, 2)).toEqual({ experts: [0, 2], ties: [0] });
  });

  it("keeps its own choice where scores lie further apart", () => {
    const node = routed([0.9, 0.5, 0.50002, 0.1].map(logit), { top_k: 2 }, sigmoid);
    expect(choose(node, 0, 1)).toEqual({ experts: [0, 2], ties: [] });
  });

  it("accepts the order of equal experts, which is no tie", () => {
    const node = routed([0.5, 0.500001, 0.1].map(logit), { top_k: 2 }, sigmoid);
    expect(choose(node, 0, 1)).toEqual({ experts: [0, 1], ties: [] });
    const apart = routed([0.5, 0.6, 0.1].map(logit), { top_k: 2 }, sigmoid);
    expect(choose(apart, 0, 1)).toEqual({ experts: [1, 0], ties: [] });
  });

  it("follows the execution into another group where groups tie", () => {
    // Sums 0.8 and 0.800001: the groups tie, their experts do not.
    const scores = [0.5, 0.3, 0.6, 0.200001, 0.1, 0.1].map(logit);
    const node = routed(scores, { top_k: 1, groups: 3, top_groups: 1 }, sigmoid);
    expect(choose(node, 0)).toEqual({ experts: [0], ties: [0] });
    expect(choose(node, 2)).toEqual({ experts: [2], ties: [0] });
    expect(choose(node, 3)).toEqual({ experts: [2], ties: [0] });
    expect(choose(node, 4)).toEqual({ experts: [2], ties: [0] });
  });

  it("refuses what is no choice at all", () => {
    const node = routed([0.5, 0.5, 0.5].map(logit), { top_k: 2 }, sigmoid);
    expect(choose(node, 1, 1).experts).toEqual([0, 1]);
    expect(choose(node, 0, 0x7fc0dead).experts).toEqual([0, 1]);
    expect(choose(node, 2, 1).experts).toEqual([2, 1]);
  });
});

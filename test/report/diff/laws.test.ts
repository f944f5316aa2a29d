// Laws of differences, on random plans and random blocks.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Node } from "../../../src/plan/index.js";
import { diffPlans, type Side } from "../../../src/report/diff/diff.js";
import { matchNodes } from "../../../src/report/diff/match-nodes.js";
import { changedNodes } from "../../../src/report/diff/node-changes.js";
import { renderDiffMarkdown } from "../../../src/report/diff/render-markdown.js";
import { renderDiffText } from "../../../src/report/diff/render-text.js";
import { simulatedPlan } from "../../../src/report/simulated-plan.js";
import { randomPlan } from "../../simulate/random-plan.js";
import { tinyPlan, type TinyPlan } from "../../simulate/tiny-plan.js";

const side = (name: string, given: TinyPlan): Side => ({ name, simulated: simulatedPlan(tinyPlan(given)) });

describe("for any two plans", () => {
  it("a difference exchanges its sides with them, and both renderings show each value", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomPlan({ simple: false }), (one, other) => {
        const [a, b] = [side("a", one), side("b", other)];
        const [there, back] = [diffPlans([a, b], []), diffPlans([b, a], [])];
        expect(back.measures.map(({ values: [x, y] }) => [y, x])).toEqual(
          there.measures.map(({ values }) => values),
        );
        expect(back.equal).toBe(there.equal);
        const lines = renderDiffText(there).split("\n");
        for (const line of lines) expect(line).toBe(line.trimEnd());
        expect(renderDiffMarkdown(there)).not.toMatch(/undefined|NaN|\[object/);
        expect(lines.join()).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 30 },
    );
  });

  it("a plan does not differ from itself", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), (given) => {
        expect(diffPlans([side("a", given), side("b", given)], []).equal).toBe("plans");
      }),
      { numRuns: 30 },
    );
  });
});

const span: Node["span"] = [0, 0, 0];
const tokens = { kind: "tokens", shape: ["tokens", "width"] } as const satisfies Omit<
  Node["output"],
  "shape"
> & {
  shape: readonly string[];
};
const node = (id: string, op: string, inputs: string[], width = 4): Node => ({
  ...{ id, op, inputs, dims: { width }, options: {}, span },
  output: { kind: tokens.kind, shape: [...tokens.shape] },
});
const block = (nodes: Node[], result = nodes.at(-1)?.id ?? "x"): Block => ({
  name: "block",
  input: { name: "x", type: { kind: "tokens", shape: ["tokens", "width"] } },
  nodes,
  result,
  span,
});
const number = (expr: unknown): number => Number(expr);
const changes = (a: Block, b: Block) => changedNodes([a, b], [number, number]);

const randomNodes = fc
  .array(fc.tuple(fc.constantFrom("norm", "add", "linear"), fc.nat(), fc.nat(), fc.constantFrom(4, 8)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((drawn) =>
    drawn.map(([op, one, other, width], at) => {
      const earlier = ["x", ...drawn.slice(0, at).map((_, before) => `n${String(before)}`)];
      const pick = (index: number): string => earlier[index % earlier.length]!;
      return node(`n${String(at)}`, op, op === "add" ? [pick(one), pick(other)] : [pick(one)], width);
    }),
  );

describe("nodes of two blocks", () => {
  it("are the same under other names where they compute the same", () => {
    fc.assert(
      fc.property(randomNodes, (nodes) => {
        const other = (id: string): string => (id === "x" ? id : `m${id}`);
        const renamed = nodes.map((each) => ({
          ...each,
          id: other(each.id),
          inputs: each.inputs.map(other),
        }));
        const found = changes(block(nodes), block(renamed));
        expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["node_renamed"]));
        expect(found).toHaveLength(nodes.length);
      }),
    );
  });

  it("are matched once each", () => {
    fc.assert(
      fc.property(randomNodes, randomNodes, (a, b) => {
        const matching = [...matchNodes(block(a), block(b), ({ op }, { op: other }) => op === other)];
        expect(new Set(matching.map(([, ofA]) => ofA)).size).toBe(matching.length);
      }),
    );
  });

  it("keep their place where another is put before them, whose number they had", () => {
    const before = block([node("add", "add", ["x", "x"]), node("add_2", "add", ["add", "x"])]);
    const after = block([
      node("add", "linear", ["x"]),
      node("add_2", "add", ["x", "x"]),
      node("add_3", "add", ["add_2", "x"]),
    ]);
    expect(changes(before, after).map(({ kind }) => kind)).toEqual([
      "node_added",
      "node_renamed",
      "node_renamed",
    ]);
  });

  it("change where operator, inputs or settings do, and a result where another node is returned", () => {
    const before = block([node("a", "norm", ["x"]), node("b", "linear", ["a"])]);
    expect(changes(before, block([node("a", "linear", ["x"]), node("b", "linear", ["x"], 8)], "a"))).toEqual([
      {
        ...{ kind: "node_changed", block: "block", nodes: ["a", "a"], changed: ["operator"] },
        calls: ["a = norm(x, ...)", "a = linear(x, ...)"],
      },
      {
        ...{ kind: "node_changed", block: "block", nodes: ["b", "b"], changed: ["inputs", "width"] },
        calls: ["b = linear(a, width: 4)", "b = linear(x, width: 8)"],
      },
      { kind: "result_changed", block: "block", values: ["b", "a"] },
    ]);
  });
});

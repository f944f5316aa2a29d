// What launchers of CUDA kernels are given, held against what the executor gives the kernels of the plan.
import { describe, expect, it } from "vitest";
import { inDims } from "../../../src/operators/access.js";
import { launcherArgumentsOf } from "../../../src/operators/cuda/calls.js";
import { operators } from "../../../src/operators/registry.js";
import { evaluate, miniature, type LaunchPlan } from "../../../src/plan/index.js";
import { ExecutionContext } from "../../../src/run/context.js";
import { argumentsOf, partOf } from "../../../src/run/kernel-arguments.js";
import { crowded, overNodes } from "../../end-to-end/crowded.js";
import { edited, mixtral, planOf as mixtralPlan } from "../../end-to-end/mixtral.js";
import { planOf } from "../../examples/example.js";

/** What views, counts and relays bring along. */
const FROM_VIEWS = new Set(
  "row_begin row_end width k n latent_width state_width ranks own_slots stride first node rail node_first".split(
    " ",
  ),
);
/** Parts whose relay brings nodes along. */
const FROM_RELAY = new Set(["nodes", "node_ranks"]);

function compare(plan: LaunchPlan): Set<string> {
  const small = miniature(plan).plan;
  const context = new ExecutionContext(small);
  const seen = new Set<string>();
  for (const instance of context.programs[1]!) {
    const { launch, cell } = instance;
    if (launch.kind !== "compute") continue;
    const node = context.index.node(cell.block, launch.node);
    const part = partOf(context, instance, launch);
    const key = `${node.op}.${part.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const rows = { begin: 0, end: context.captures.tokens };
    const given = argumentsOf(context, 1, instance, launch, rows);
    const exchange = launch.exchange === undefined ? undefined : context.index.exchange(launch.exchange);
    const listed = launcherArgumentsOf(node.op, part.name);
    for (const argument of listed) {
      const sizeOf = (expr: Parameters<typeof inDims>[0]) =>
        evaluate(inDims(expr, node.dims), context.environment);
      switch (argument.kind) {
        case "size":
          expect([key, argument.name, sizeOf(argument.expr)]).toEqual([
            key,
            argument.name,
            given[argument.name],
          ]);
          break;
        case "real":
          expect(node.options[argument.option]).toBe(given[argument.name]);
          break;
        case "flag":
          expect(Number(node.options[argument.option] === argument.value)).toBe(given[argument.name]);
          break;
        case "inverse_root":
          expect(1 / Math.sqrt(sizeOf(argument.expr))).toBe(given[argument.name]);
          break;
        case "exchange":
          expect(exchange).toBeDefined();
          expect(given).toHaveProperty(argument.name);
          break;
      }
    }
    // Nothing that the kernel takes is left out.
    const relays = part.operands.some(({ name }) => name === "received") && given["node_first"] !== undefined;
    const named = new Set(listed.map(({ name }) => name));
    const missing = part.kernel.params
      .map(({ name }) => name)
      .filter((name) => !part.kernel.operands.includes(name) && !FROM_VIEWS.has(name) && !named.has(name))
      .filter((name) => !(relays && FROM_RELAY.has(name)));
    expect([key, missing]).toEqual([key, []]);
  }
  return seen;
}

describe("arguments of launchers", () => {
  it("are those of the plan's kernels, for every part of every operator", async () => {
    const plans = [
      await planOf("deepseek-v3-prefill", ["DeepSeekV3.moe_layers=3"]),
      await mixtral(2),
      await crowded("rounds"),
      await overNodes("rounds", false),
      await overNodes("abort", true),
      await mixtralPlan(edited(["exchange  = auto", "exchange  = auto(tokens: capacity(1.25))"]), [
        "Mixtral.depth=2",
      ]),
    ];
    const seen = new Set(plans.flatMap((plan) => [...compare(plan)]));
    const all = [...operators.values()].flatMap(({ name, parts }) =>
      parts.map((part) => `${name}.${part.name}`),
    );
    expect(all.filter((part) => !seen.has(part))).toEqual([]);
  });
});

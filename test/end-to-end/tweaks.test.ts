// An architecture tweak is one line: each compiles, is proved, and computes what the dense evaluation does, on every rank, in
// every order tried and on both backends, with nothing else changed.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

const shallow = "Mixtral.depth=3";
const body = "swiglu(dispatch(u, gate), width: 14336)";

const headBlock = "  block head(x) {\n    return linear(norm(x), width: vocab)\n  }\n";

const tweaks: readonly (readonly [name: string, plan: () => Promise<LaunchPlan>])[] = [
  ["as it is", () => planOf(edited(), [shallow])],
  ["16 experts", () => planOf(edited(), [shallow, "Mixtral.experts=16"])],
  ["12 experts, which eight ranks do not divide", () => planOf(edited(), [shallow, "Mixtral.experts=12"])],
  ["one expert a token", () => planOf(edited(), [shallow, "Mixtral.top_k=1"])],
  [
    "a shared expert",
    () => planOf(edited(["return h + routed", "return h + routed + swiglu(u, width: 14336)"]), [shallow]),
  ],
  [
    "an expert body of one's own",
    () =>
      planOf(
        edited(
          [body, "expert(dispatch(u, gate))"],
          [
            "  block moe(x) {",
            "  block expert(y) {\n    return linear(norm(y), width: hidden) + swiglu(y, width: 7168)\n  }\n\n  block moe(x) {",
          ],
        ),
        [shallow],
      ),
  ],
  [
    "replicas of hot experts",
    () =>
      planOf(edited(["placement = auto", "placement = auto(redundant: 8)"]), [shallow, "Mixtral.experts=16"]),
  ],
  [
    "experts that read what attention reads",
    () => planOf(edited(["u      = norm(h)", "u      = norm(x)"]), [shallow]),
  ],
  [
    "messages to peers, sorted on arrival",
    () => planOf(edited(["exchange  = auto", "exchange  = direct_by_peer"]), [shallow, "Mixtral.experts=12"]),
  ],
  [
    "no head, so that its last expert layer gives the result",
    () => planOf(edited(["[embed, depth * moe, head]", "[embed, depth * moe]"], [headBlock, ""]), [shallow]),
  ],
  [
    "a dense layer among the expert layers",
    () =>
      planOf(
        edited(
          ["[embed, depth * moe, head]", "[embed, depth * moe, plain, 2 * moe, head]"],
          [
            "  block head(x) {",
            "  block plain(x) {\n    return x + swiglu(norm(x), width: 8192)\n  }\n\n  block head(x) {",
          ],
        ),
        [shallow],
      ),
  ],
  [
    "four micro-batches, two at a time",
    () =>
      planOf(
        edited(
          ["micro_batches: auto", "micro_batches: 4"],
          ["overlap   = auto", "overlap   = auto(batches: 2)"],
        ),
        [shallow],
      ),
  ],
  [
    "decoding after a context",
    () =>
      planOf(
        edited(
          ["mode      = prefill", "mode      = decode"],
          ["{ sequences: 4, length: 4096,", "{ sequences: 64, context: 1000,"],
        ),
        [shallow],
      ),
  ],
  [
    "two groups of four ranks",
    () => planOf(edited(["parallel  = { ep: 8 }", "parallel  = { ep: 4 }"]), [shallow, "Mixtral.experts=6"]),
  ],
];

describe.each(tweaks)("Mixtral with %s", (_name, make) => {
  it("computes what the model says, and routes alike in every order and on both backends", async () => {
    const plan = await make();
    const results = [];
    for (const seed of [1, 2, 3, 4, 5]) results.push(await run(plan, { backend: "cpu", seed, dataSeed: 1 }));
    results.push(await run(plan, { backend: "webgpu", seed: 1, dataSeed: 1 }));
    for (const result of results) {
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThanOrEqual(1e-4);
      // Without a toss-up, no choice hangs on how a backend rounds.
      expect(result.ties).toBe(0);
      expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
    }
    expect(new Set(results.map((each) => each.routing_sha256)).size).toBe(1);
  });
});

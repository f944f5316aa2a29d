// What of a token crosses nodes is counted while a plan is executed, and is what probability says.
import { describe, expect, it } from "vitest";
import { describeRun, run } from "../../src/index.js";
import type { RunResult } from "../../src/run/result.js";
import { edited, planOf } from "./mixtral.js";

/** DeepSeek-V3 with four expert layers on four nodes of eight GPUs: two of its eight groups of experts on each node. */
const deepSeekV3 = (exchange: string): Promise<RunResult> =>
  planOf(
    `
import "weft:clusters/h800"
import "weft:models/deepseek-v3"

schedule prefill of DeepSeekV3 on H800(nodes: 4) {
  mode      = prefill
  parallel  = { ep: 32 }
  batch     = { sequences: 4, length: 4096, micro_batches: auto }
  precision = { weights: fp8, dispatch: fp8, combine: bf16 }
  routing   = uniform
  placement = contiguous
  exchange  = ${exchange}(tokens: dropless(bound: 2.0, overflow: abort))
  overlap   = auto
}
`,
    ["DeepSeekV3.moe_layers=4", "DeepSeekV3.dense_layers=1"],
  ).then((plan) => run(plan, { backend: "cpu", seed: 1, dataSeed: 1 }));

describe("DeepSeek-V3's gate, uniform, without replicas, with whole groups on nodes", () => {
  it("sends 2.34 copies of a token to other nodes, 2.2 times fewer than one for each GPU", async () => {
    const result = await deepSeekV3("node_aware");
    expect(result.failure).toBeUndefined();
    const counts = result.crossings!;
    // 32 ranks, 2 micro-batches of 16 tokens, 4 layers.
    expect(counts.tokens).toBe(32 * 2 * 16 * 4);
    // No copy but the needed: as many as the choices have other nodes.
    expect(counts.sent_copies_per_token).toBe(counts.nodes_per_token);
    expect(counts.nodes_per_token).toBeGreaterThan(2.34 * 0.97);
    expect(counts.nodes_per_token).toBeLessThan(2.34 * 1.03);
    expect(counts.gpus_per_token / counts.nodes_per_token).toBeGreaterThan(2.2 * 0.97);
    expect(counts.gpus_per_token / counts.nodes_per_token).toBeLessThan(2.2 * 1.03);
    // Three of four experts of a token are on other nodes.
    expect(counts.experts_per_token).toBeGreaterThan(6 * 0.97);
    expect(counts.experts_per_token).toBeLessThan(6 * 1.03);
    // What prices are made of.
    expect(Math.abs(counts.expected_nodes_per_token / counts.nodes_per_token - 1)).toBeLessThan(0.03);
    expect(Math.abs(counts.expected_gpus_per_token / counts.gpus_per_token - 1)).toBeLessThan(0.05);
    const layers = result.layers.filter(({ crossings }) => crossings !== undefined);
    expect(layers.map(({ block }) => block)).toEqual(["moe", "moe", "moe", "moe"]);
    for (const { crossings } of layers)
      expect(Math.abs(crossings!.nodes_per_token / 2.34 - 1)).toBeLessThan(0.06);
    expect((await describeRun(result)).replace(/\s+/g, " ")).toMatch(
      /2\.\d+ copies of a token went to other nodes, one for each \(2\.\d+ are probable\); one for each GPU there would be 5\.\d+/,
    );
  });

  it("counts the same nodes where rows are sent to each expert, and no copies", async () => {
    const result = await deepSeekV3("direct_by_peer");
    const { sent_copies_per_token, nodes_per_token, experts_per_token } = result.crossings!;
    expect(sent_copies_per_token).toBeUndefined();
    expect(Math.abs(nodes_per_token / 2.34 - 1)).toBeLessThan(0.03);
    expect(Math.abs(experts_per_token / 6 - 1)).toBeLessThan(0.03);
    expect((await describeRun(result)).replace(/\s+/g, " ")).toMatch(
      /a token's rows went to other nodes [56]\.\d+ times, once for each expert; one for each node would be 2\.\d+/,
    );
  });
});

describe("an exchange on one node", () => {
  it("crosses nothing", async () => {
    const plan = await planOf(edited(), ["Mixtral.depth=2"]);
    const result = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
    expect(result.crossings).toBeUndefined();
    expect(await describeRun(result)).not.toContain("other nodes");
  });

  it("does so too where every node has its own", async () => {
    const text = edited(
      ["H100(nodes: 1)", "H100(nodes: 2, gpus: 4)"],
      ["parallel  = { ep: 8 }", "parallel  = { ep: 4 }"],
    );
    const result = await run(await planOf(text, ["Mixtral.depth=2"]), {
      backend: "cpu",
      seed: 1,
      dataSeed: 1,
    });
    expect(result.failure).toBeUndefined();
    expect(result.crossings).toBeUndefined();
  });
});

describe("replicas over nodes", () => {
  it("are counted where a token takes them", async () => {
    // 16 experts in 24 slots on two nodes of four; a token has two experts.
    const text = edited(
      ["H100(nodes: 1)", "H100(nodes: 2, gpus: 4)"],
      ["placement = auto", "placement = auto(redundant: 8)"],
      ["exchange  = auto", "exchange  = node_aware"],
    );
    const result = await run(await planOf(text, ["Mixtral.depth=3", "Mixtral.experts=16"]), {
      backend: "cpu",
      seed: 1,
      dataSeed: 1,
    });
    expect(result.failure).toBeUndefined();
    const { sent_copies_per_token, nodes_per_token, gpus_per_token, experts_per_token } = result.crossings!;
    expect(sent_copies_per_token).toBe(nodes_per_token);
    expect(nodes_per_token).toBeGreaterThan(0.4);
    expect(nodes_per_token).toBeLessThanOrEqual(1);
    expect(gpus_per_token).toBeGreaterThanOrEqual(nodes_per_token);
    expect(experts_per_token).toBeGreaterThanOrEqual(gpus_per_token);
    expect(experts_per_token).toBeLessThan(2);
  });
});

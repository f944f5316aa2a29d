import { describe, expect, it } from "vitest";
import { gqa } from "../../src/operators/gqa/operator.js";
import { mla } from "../../src/operators/mla/operator.js";
import { rotate, turns } from "../../src/operators/kernels/rope.js";
import { expectEverywhere, rows, swiftShader } from "./expect.js";
import { runOnGpu } from "./node-case.js";

const ln3 = Math.log(3);

describe("rotary position embedding", () => {
  it("turns a pair by position * theta ^ (-2 pair / dim)", () => {
    // Pair 1 of 2: theta ^ (-1/2) = 1/10, at position 5 PI a half turn.
    const [, , , second] = turns({ length: 2, context: 5 * Math.PI - 1, dim: 4, theta: 100 });
    const turned = new Float64Array(2);
    rotate(Float64Array.of(0, 0, 3, 4), 2, second!, turned, 0);
    expect(turned[0]).toBeCloseTo(-4, 12);
    expect(turned[1]).toBeCloseTo(3, 12);
  });

  it("is exact on WebGPU at every position, which WGSL's own sine need not be", async () => {
    // Rows of q = (1, 0), k = v = 0 with one pair, so that the angle is the position.
    const { kernel } = gqa.parts.find((each) => each.name === "cache")!;
    const length = 4000;
    const [q, state] = [6 * length, 8 * length];
    const memory = new Float32Array(12 * length);
    for (let row = 0; row < length; row++) memory[6 * row] = 1;
    const extents = { heads: 1, kv_heads: 1, head_dim: 2, theta: 10000, context: 0, length };
    const args = { qkv: 0, q, state, row_begin: 0, row_end: length, ...extents };
    const words = new Uint32Array(memory.buffer);
    const result = new Float32Array((await runOnGpu(await swiftShader(), words, [{ kernel, args }])).buffer);
    const errors = Array.from({ length }, (_, position) =>
      Math.hypot(
        result[q + 2 * position]! - Math.cos(position),
        result[q + 2 * position + 1]! - Math.sin(position),
      ),
    );
    expect(Math.max(...errors)).toBeLessThan(2.5e-7);
  });
});

describe("gqa", () => {
  // Two query heads of width 2 share one key and value head; x is 1 at position 0 and 2 at position 1.
  // Head 0: q = (c x, 0), k = (x, 0), so that after turning by 0 and 1 radians position 1 scores
  // 2c cos(1) / sqrt(2) against position 0 and 4c / sqrt(2) against itself; c makes the difference ln 3: shares 1/4 and 3/4.
  // Head 1: q = 0, so that positions share evenly. Values are (3x, 5x).
  // Position 0 sees itself: heads (3, 5), (3, 5). Position 1: head 0 (3/4 + 18/4, 5/4 + 30/4) = (5.25, 8.75), head 1 (4.5, 7.5).
  // By w_out = (1, 2, 4, 8): 3 + 10 + 12 + 40 = 65 and 5.25 + 17.5 + 18 + 60 = 100.75.
  const c = (ln3 * Math.SQRT2) / (4 - 2 * Math.cos(1));
  const common = {
    operator: gqa,
    options: { theta: 10000 },
    weights: { w_qkv: [c, 0, 0, 0, 1, 0, 3, 5], w_out: [1, 2, 4, 8] },
  };
  const dims = { in: 1, heads: 2, kv_heads: 1, head_dim: 2 };

  it("attends causally within each sequence", async () => {
    await expectEverywhere(
      { ...common, dims: { ...dims, context: 0, length: 2 }, inputs: [rows(1, 1, 2, 1, 2)] },
      rows(1, 65, 100.75, 65, 100.75),
    );
  });

  it("attends to the cache in decoding", async () => {
    // The cached key stands at position 0 and is not turned. The second sequence has cached x = 0: its key scores 0, the
    // new one 4c / sqrt(2) = 4 ln 3 / (4 - 2 cos 1), a share s; head 0 gives s (6, 10), head 1 (3, 5).
    const share = 1 / (1 + Math.exp((-4 * ln3) / (4 - 2 * Math.cos(1))));
    await expectEverywhere(
      {
        ...common,
        dims: { ...dims, context: 1, length: 1 },
        inputs: [rows(1, 2, 2)],
        states: { kv: [1, 0, 3, 5, 0, 0, 0, 0] },
      },
      rows(1, 100.75, share * (6 + 20) + 3 * 4 + 5 * 8),
    );
  });
});

describe("mla", () => {
  // One head, all ranks 1, x = 1 and x = -2 at positions 0 and 1. A norm over one column leaves the sign: with gains 2 the
  // query's latent and the cached latent are 2, then -2. w_down gives the shared key (x, 0).
  // q without position = latent (1/16, 1/32) = -(1/8, 1/16) at position 1; keys = latent (2, 4): a product of 1 in size,
  // -1 against position 0 and 1 against itself. With position: q = -(b, 0), keys (1, 0) and (-2, 0), turned by 0 and 1:
  // -b cos(1) and 2b. The width of a head's key is 4, so scores are halved: their difference is 1 + b (2 + cos 1) / 2,
  // which b makes ln 3: shares 1/4 and 3/4. The attended latent is 2 at position 0 and 1/4 * 2 - 3/4 * 2 = -1 at position 1;
  // by the value matrix 3 and the output matrix 5: 30 and -15.
  const b = (2 * (ln3 - 1)) / (2 + Math.cos(1));
  const options = { theta: 10000, epsilon: 1e-12 };
  const dims = { in: 1, heads: 1, q_rank: 1, kv_rank: 1, nope: 2, rope: 2, value: 1 };
  const kv = { kv_gain: [2], w_uk: [2, 4], w_uv: [3], w_out: [5] };
  const lowRank = { ...kv, w_down: [1, 1, 1, 0], q_gain: [2], w_q: [1 / 16, 1 / 32, b / 2, 0] };

  it("attends causally within each sequence", async () => {
    await expectEverywhere(
      {
        operator: mla,
        dims: { ...dims, context: 0, length: 2 },
        options,
        inputs: [rows(1, 1, -2, 1, -2)],
        weights: lowRank,
      },
      rows(1, 30, -15, 30, -15),
    );
  });

  it("attends to cached latents in decoding", async () => {
    await expectEverywhere(
      {
        operator: mla,
        dims: { ...dims, context: 1, length: 1 },
        options,
        inputs: [rows(1, -2)],
        weights: lowRank,
        states: { latent: [2, 1, 0] },
      },
      rows(1, -15),
    );
  });

  it("makes queries straight from x where q_rank is 0", async () => {
    // x w_q is what the latent gave at position 1; position 0 sees only itself.
    await expectEverywhere(
      {
        operator: mla,
        dims: { ...dims, q_rank: 0, context: 0, length: 2 },
        options,
        inputs: [rows(1, 1, -2)],
        weights: { ...kv, w_down: [1, 1, 0], q_gain: [], w_q: [1 / 16, 1 / 32, b / 2, 0] },
      },
      rows(1, 30, -15),
    );
  });
});

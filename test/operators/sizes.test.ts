import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/plan/expression.js";
import { gqa } from "../../src/operators/gqa/operator.js";
import { mla } from "../../src/operators/mla/operator.js";
import type { DimValues } from "../../src/operators/operator.js";
import { operatorNamed, operators } from "../../src/operators/registry.js";

/** Elements of an operator's weights. */
function parameters(name: string, dims: DimValues): number {
  return operatorNamed(name)
    .weights(dims)
    .flatMap(({ shape }) => shape.reduce<number>((size, each) => size * evaluate(each, () => undefined), 1))
    .reduce((sum, each) => sum + each, 0);
}

describe("parameters of published models, from their operators' weights", () => {
  it("Mixtral 8x7B has 46.7e9", () => {
    const hidden = { in: 4096 };
    const layer =
      2 * parameters("norm", hidden) +
      parameters("gqa", { ...hidden, heads: 32, kv_heads: 8, head_dim: 128 }) +
      parameters("route", { ...hidden, experts: 8, top_k: 2 }) +
      8 * parameters("swiglu", { ...hidden, width: 14336 });
    const total =
      parameters("embedding", { width: 4096, vocab: 32000 }) +
      32 * layer +
      parameters("norm", hidden) +
      parameters("linear", { ...hidden, width: 32000 });
    expect(total / 46.7e9).toBeCloseTo(1, 2);
  });

  it("DeepSeek-V3 has 671e9, of which a token uses 36.7e9", () => {
    // Sources: DeepSeek-V3 technical report (671B, 37B) and its README_WEIGHTS.md (36.7B). The use of a token counts no
    // embedding, of which it reads one row.
    const hidden = { in: 7168 };
    const attention =
      2 * parameters("norm", hidden) +
      parameters("mla", {
        ...hidden,
        heads: 128,
        q_rank: 1536,
        kv_rank: 512,
        nope: 128,
        rope: 64,
        value: 128,
      });
    const dense = attention + parameters("swiglu", { ...hidden, width: 18432 });
    const expert = parameters("swiglu", { ...hidden, width: 2048 });
    const moe = (experts: number) =>
      attention + parameters("route", { ...hidden, experts: 256, top_k: 8 }) + (experts + 1) * expert;
    const head = parameters("norm", hidden) + parameters("linear", { ...hidden, width: 129280 });
    const embedding = parameters("embedding", { width: 7168, vocab: 129280 });
    expect((embedding + 3 * dense + 58 * moe(256) + head) / 671e9).toBeCloseTo(1, 2);
    expect((3 * dense + 58 * moe(8) + head) / 36.7e9).toBeCloseTo(1, 2);
  });
});

/** Value of a part's work, every class of data having one byte but those given. */
function work(operator: string, part: string, dims: DimValues, scope: Record<string, number>, groups = 1) {
  const found = operatorNamed(operator).parts.find((each) => each.name === part)!;
  const { flops, bytes } = found.work(
    dims,
    "rows",
    groups,
    {},
    { copiesSent: "copies_sent", forwarded: "forwarded" },
  );
  const environment = (name: string) => scope[name] ?? (name.endsWith("_bytes") ? 1 : undefined);
  return { flops: evaluate(flops, environment), bytes: evaluate(bytes, environment) };
}

describe("work", () => {
  it("of a product is two operations a multiply-add and each operand once", () => {
    // 10 rows, 3 to 5 columns: 2 * 10 * 3 * 5; 30 in, 50 out, 15 weights of 2 bytes.
    const dims = { in: 3, width: 5 };
    expect(work("linear", "matmul", dims, { rows: 10, weights_bytes: 2 })).toEqual({
      flops: 300,
      bytes: 110,
    });
  });

  it("of a lifted product reads the weights of every slot", () => {
    // Both halves of 4 slots are 4 * 2 * 15; 30 in, 50 out.
    const dims = { in: 3, width: 5 };
    expect(work("swiglu", "gate_up", dims, { rows: 10 }, 4)).toEqual({ flops: 600, bytes: 200 });
  });

  it("of causal attention counts the positions that each row sees", () => {
    // Two sequences of 3 rows after 4 cached: they see 5, 6 and 7 positions, 36 in all. Two heads of width 8:
    // 36 * 2 * 8 multiply-adds with keys and as many with values. Cache: 2 * 7 positions of 2 * 8.
    const dims = { in: 1, heads: 2, kv_heads: 1, head_dim: 8 };
    const scope = { rows: 6, length: 3, context: 4 };
    expect(work("gqa", "attend", dims, scope)).toEqual({
      flops: 36 * 2 * 8 * 4,
      bytes: 2 * 6 * 16 + 14 * 16,
    });
  });

  it("of latent attention takes the cheaper form", () => {
    const dims = { in: 1, heads: 2, q_rank: 0, kv_rank: 16, nope: 4, rope: 2, value: 4 };
    // Nothing cached: 4 rows see 10 positions; keys of 6 and values of 4 elements.
    const prefill = work("mla", "attend", dims, { rows: 4, length: 4, context: 0 });
    expect(prefill.flops).toBe(2 * 10 * 2 * (6 + 4));
    // One row after 99: against latents of 18 and 16 elements, cheaper than to expand 99 of them.
    const decode = work("mla", "attend", dims, { rows: 1, length: 1, context: 99 });
    expect(decode.flops).toBe(2 * 100 * 2 * (18 + 16));
  });

  it("of a combine's sum reads each result once", () => {
    // 5 tokens, 2 results of width 3: 30 multiply-adds; 30 results, 10 rows and 10 weights, 15 out.
    expect(work("combine", "reduce", { in: 3, top_k: 2 }, { rows: 5 })).toEqual({ flops: 60, bytes: 65 });
  });
});

describe("definitions", () => {
  it("of a cache per token: keys and values of gqa, latent and rope key of mla", () => {
    const mlaDims = { in: 1, heads: 128, q_rank: 1536, kv_rank: 512, nope: 128, rope: 64, value: 128 };
    expect(gqa.states({ in: 1, heads: 32, kv_heads: 8, head_dim: 128 })[0]!.width).toBe(2048);
    expect(mla.states(mlaDims)[0]!.width).toBe(576);
  });

  it("keep named dimensions in shapes", () => {
    expect(operatorNamed("swiglu").weights({ in: "hidden", width: "inner" })[2]!.shape).toEqual([
      "inner",
      "hidden",
    ]);
    expect(gqa.weights({ in: "hidden", heads: "h", kv_heads: "g", head_dim: "d" })[0]!.shape).toEqual([
      "hidden",
      ["+", ["*", "h", "d"], ["*", 2, "g", "d"]],
    ]);
  });

  it.each([...operators])("of %s names operands and parameters alike", (_, operator) => {
    for (const { kernel, operands } of operator.parts) {
      const names = kernel.params.map((each) => each.name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name } of operands) expect(names).toContain(name);
    }
  });

  it.each([...operators.values()])("of $name read only temporaries that earlier parts wrote", ({ parts }) => {
    const written = new Set<string>();
    for (const { operands } of parts)
      for (const { role, access } of operands) {
        if (role.kind !== "temporary") continue;
        if (access === "write") written.add(role.temporary);
        else expect(written).toContain(role.temporary);
      }
  });
});

// Decisions: what is chosen is the best of what was tried, and the sample of layers tells candidates apart as the whole does.
import { describe, expect, it } from "vitest";
import { sampledStep } from "../../src/passes/decide/sample.js";
import { predict, PriceMemo } from "../../src/simulate/index.js";
import { edited, planOf } from "../end-to-end/mixtral.js";

describe("decisions", () => {
  it("are cheaper than every loser, and say what a loser would cost", async () => {
    const { why } = await planOf(edited(), ["Mixtral.depth=12"]);
    const decisions = why?.decisions.filter(({ layer }) => layer === undefined) ?? [];
    expect(decisions.map(({ name }) => name)).toEqual([
      "placement",
      "exchange",
      "communicator_sms",
      "micro_batches",
      "overlap",
      "chunks",
    ]);
    for (const { choice, price_us: price, alternatives, pinned } of decisions) {
      expect(pinned).toBe(false);
      expect(choice).not.toBe("");
      expect(price).toBe(why?.prediction.step_time_us);
      for (const other of alternatives) {
        expect(other.choice).not.toBe(choice);
        expect(other.price_us).toBeGreaterThanOrEqual(price * (1 - 1e-5));
      }
    }
  });

  it("price a sample of the layers within a percent of all of them, where placement evens loads out", async () => {
    const plan = await planOf(edited(), ["Mixtral.depth=12", "Mixtral.experts=64"]);
    const whole = plan.why?.prediction.step_time_us ?? NaN;
    expect(Math.abs(sampledStep(plan, new PriceMemo()).time_us / whole - 1)).toBeLessThan(0.01);
  });

  it("name a loser's price as pinning it gives it, within a few percent", async () => {
    const { why } = await planOf(edited(), ["Mixtral.depth=12"]);
    const named = why?.decisions.find(({ name }) => name === "exchange")?.alternatives[0];
    expect(named?.choice).toBe("direct_by_peer");
    const pinned = await planOf(edited(["exchange  = auto", "exchange  = direct_by_peer"]), [
      "Mixtral.depth=12",
    ]);
    const price = predict(pinned).step_time_us;
    expect(Math.abs((named?.price_us ?? 0) / price - 1)).toBeLessThan(0.05);
  });

  it("overlap neighbouring layers of two micro-batches, which hides what a layer alone exposes", async () => {
    const across = await planOf(edited(), ["Mixtral.depth=12"]);
    expect(across.why?.decisions.find(({ name }) => name === "overlap")?.choice).toMatch(
      /^2 micro-batches in a cell, across layers from the /,
    );
    const alone = await planOf(edited(["overlap   = auto", "overlap   = auto(batches: 1)"]), [
      "Mixtral.depth=12",
    ]);
    expect(across.why?.prediction.exposed_communication_us).toBeLessThan(
      alone.why?.prediction.exposed_communication_us ?? 0,
    );
  });
});

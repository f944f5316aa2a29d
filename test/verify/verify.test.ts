import { describe, expect, test } from "vitest";
import { propertyNames, renderVerify, verify } from "../../src/verify/index.js";
import { validate } from "../../src/plan/validate.gen.js";
import { failure, kernel, launch, launchesIn, operandOf, storyOf } from "./edit.js";
import { smallPlan } from "./small-plan.js";

describe("a plan that holds", () => {
  test.each([[["e"]], [["e", "f"]]])(
    "mixtures %j: every property is proved, and says what it checked",
    (mixtures) => {
      const plan = smallPlan(mixtures);
      expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
      const result = verify(plan);
      expect(result.properties.flatMap((each) => each.counterexample?.story ?? [])).toEqual([]);
      expect(result.ok).toBe(true);
      expect(result.properties.map((each) => each.name)).toEqual(propertyNames);
      for (const { checked } of result.properties) expect(checked).toMatch(/\d/);
    },
  );

  test("each property but the form names what it takes for granted", () => {
    const { properties } = verify(smallPlan());
    for (const { name, assumptions } of properties)
      expect(assumptions.length > 0, name).toBe(name !== "wellformed");
  });

  test("rendering gives a line for each property with its numbers", () => {
    const plan = smallPlan();
    const text = renderVerify(verify(plan), plan);
    expect(text).toContain(
      "delivery      ok      8 atoms, each with one path to its slot and one back, in 12 messages",
    );
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("a plan that fails", () => {
  test("is told as a numbered story with source lines", () => {
    const plan = smallPlan();
    kernel(plan, "e.unpack").waits = [];
    const text = renderVerify(verify(plan), plan);
    expect(text).toContain("races         FAILED");
    expect(text).toMatch(/1\. `e\.dispatch` .*\n\s+2\. `e\.unpack` /);
    expect(text).toContain("small.weft:2:1: moe");
  });

  test("gives the same as data: launches with layer, micro-batch and stream", () => {
    const plan = smallPlan();
    kernel(plan, "e.unpack").waits = [];
    const { launches, spans } = failure(plan, "races");
    expect(launches[0]).toEqual({
      role: "all",
      rank: 0,
      cell: "moe",
      layer: 1,
      micro_batch: 0,
      launch: "e.dispatch",
      node: "e.d",
      stream: "network",
    });
    expect(spans).toEqual([launch(plan, "e.dispatch").span, launch(plan, "e.unpack").span]);
  });

  test("proves nothing else where it is not well-formed, and says so", () => {
    const plan = smallPlan();
    operandOf(plan, "e.pack", "u").buffer = "nothing";
    const { properties } = verify(plan);
    expect(properties.map((each) => each.ok)).toEqual(propertyNames.map(() => false));
    expect(properties.filter((each) => each.counterexample).map((each) => each.name)).toEqual(["wellformed"]);
    expect(renderVerify(verify(plan), plan)).toContain("delivery      open    nothing");
  });
});

test("the reasons for a plan change no verdict", () => {
  const why = {
    decisions: [],
    prediction: {
      step_time_us: -1,
      tokens_per_second: 0,
      compute_us: 0,
      communication_us: 0,
      exposed_communication_us: 0,
      host_wait_us: 0,
      lower_bound_us: 0,
      bound_by: "",
      peak_memory_bytes: 0,
      shares: [],
      sensitivity: [],
      streams: [],
    },
  };
  for (const damage of [
    () => undefined,
    (plan: ReturnType<typeof smallPlan>) => (kernel(plan, "e.unpack").waits = []),
  ]) {
    const plan = smallPlan();
    damage(plan);
    expect(verify({ ...plan, why })).toEqual(verify(plan));
  }
});

test("a counterexample of a lost wait names what both launches do", () => {
  const plan = smallPlan();
  kernel(plan, "e.reduce").waits = [];
  const counterexample = failure(plan, "races");
  expect(launchesIn(counterexample)).toEqual(["e.combine", "e.reduce"]);
  expect(storyOf(counterexample)).toMatch(/writes `e\.returned_rows`\[0\], bytes [\d,]+ to [\d,]+/);
});

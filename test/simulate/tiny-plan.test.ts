import { expect, it } from "vitest";
import { validate } from "../../src/plan/validate.gen.js";
import { kernel, readCounts, tinyPlan, transfer } from "./tiny-plan.js";

it("plans written by hand have the schema's shape", () => {
  const plan = tinyPlan({
    launches: [kernel("a", 1), transfer("counts"), readCounts(), transfer("dispatch")],
  });
  expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
});

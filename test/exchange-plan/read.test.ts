// Reading exchange plans that may be anything, and telling them from launch plans.
import { describe, expect, it } from "vitest";
import { readAnyPlan, readExchangePlan, writeExchangePlan } from "../../src/exchange-plan/index.js";
import { Diagnostics } from "../../src/diagnostics/report.js";
import type { Source } from "../../src/diagnostics/span.js";
import { writePlan } from "../../src/plan/index.js";
import { planOf } from "../exchange/plans.js";
import { smallPlan } from "../verify/small-plan.js";

type Read = (source: Source, diagnostics: Diagnostics) => unknown;

function refusalsOf(text: string, read: Read = readExchangePlan): readonly string[] {
  const diagnostics = new Diagnostics();
  expect(read({ uri: "plan.json", text }, diagnostics)).toBeUndefined();
  return diagnostics.sorted().map(({ code, message }) => `${code}: ${message}`);
}

const plan = planOf({ nodes: 3, ranksPerNode: 2 }, "spread", 2);

describe("an exchange plan file", () => {
  it("gives back the plan that was written", () => {
    const diagnostics = new Diagnostics();
    const text = writeExchangePlan(plan);
    expect(text.endsWith("}\n")).toBe(true);
    expect(readExchangePlan({ uri: "plan.json", text }, diagnostics)).toEqual(plan);
    expect(diagnostics.sorted()).toEqual([]);
  });

  it.each([
    ["cut short", writeExchangePlan(plan).slice(0, 500), /plan-not-json/],
    ["a launch plan", writePlan(smallPlan()), /plan-foreign: .* "weft.plan\/1", not "weft.exchange\/1"/],
    ["without its fields", '{"format":"weft.exchange/1"}', /plan-malformed: .* at its top level/],
    ["with a field too many", writeExchangePlan({ ...plan, ...{ extra: 1 } }), /plan-malformed: .*`extra`/],
    [
      "with another way",
      writeExchangePlan(plan).replace('"way":"spread"', '"way":"around"'),
      /plan-malformed: .* at \/routes\/1\/way/,
    ],
  ])("that is %s is refused", (_what, text, problem) => {
    expect(refusalsOf(text)).toEqual([expect.stringMatching(problem)]);
  });
});

describe("a plan file of either kind", () => {
  it("is read as what its format says", () => {
    const read = (text: string): unknown =>
      readAnyPlan({ uri: "plan.json", text }, new Diagnostics())?.format;
    expect(read(writeExchangePlan(plan))).toBe("weft.exchange/1");
    expect(read(writePlan(smallPlan()))).toBe("weft.plan/1");
  });

  it("is refused with both formats named", () => {
    expect(refusalsOf('{"format":"weft.other/1"}', readAnyPlan)).toEqual([
      expect.stringMatching(/plan-foreign: .* not "weft.plan\/1" or "weft.exchange\/1"/),
    ]);
  });
});

// Reading plans that may be anything.
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../src/diagnostics/report.js";
import { readPlan } from "../../src/plan/read.js";

function codesOf(text: string): readonly string[] {
  const diagnostics = new Diagnostics();
  expect(readPlan({ uri: "plan.json", text }, diagnostics)).toBeUndefined();
  return diagnostics.sorted().map((each) => each.code);
}

describe("a plan file", () => {
  it.each([
    ["cut short", '{"format":"weft.plan/1","generator":"we', "plan-not-json"],
    ["empty", "", "plan-not-json"],
    ["another text", "model Mixtral {", "plan-not-json"],
    ["an MSCCL++ plan", '{"name":"allgather","collective":"allgather","gpus":[]}', "plan-foreign"],
    ["of another version", '{"format":"weft.plan/9"}', "plan-foreign"],
    ["a list", "[1,2,3]", "plan-foreign"],
    ["null", "null", "plan-foreign"],
    ["without its fields", '{"format":"weft.plan/1"}', "plan-malformed"],
  ])("that is %s is refused", (_what, text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });

  it("that is a schedule file is told to be one", () => {
    const diagnostics = new Diagnostics();
    readPlan({ uri: "a.weft", text: '\n import "weft:clusters/h100"' }, diagnostics);
    const [found] = diagnostics.sorted();
    expect(found?.message).toContain("perhaps a schedule file");
    expect(found?.span.start).toBe(2);
  });

  it("is told where it breaks off", () => {
    const diagnostics = new Diagnostics();
    readPlan({ uri: "plan.json", text: '{"format": "weft.plan/1" "generator"' }, diagnostics);
    expect(diagnostics.sorted()[0]?.span).toEqual({ source: "plan.json", start: 25, end: 26 });
  });
});

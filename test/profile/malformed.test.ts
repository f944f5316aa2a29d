// Profiles that may be anything: each is read or refused with a reason, and none ends the compiler.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readProfile } from "../../src/importers/profile/profile.js";
import { profileOf } from "./compiled.js";

const good = { operator: "swiglu", part: "down", tokens: 32, time_us: 12 };

const problemOf = (text: string): string => {
  const read = readProfile(text);
  return "problem" in read ? read.problem : "none";
};

describe("a profile is refused", () => {
  it.each<readonly [string, string, string]>([
    ["that is cut short", profileOf(good).slice(0, -4), "not JSON"],
    ["of another format", '{"format": "weft.plan/1"}', "its format is"],
    ["without a format", '{"operators": []}', "names no format"],
    ["whose operators are no list", '{"format": "weft.profile/1", "operators": {}}', "no list"],
    ["without a measurement", profileOf(), "is empty"],
    ["with a scale that no model is wrong by", profileOf({ operator: "swiglu", scale: 1001 }), "is 1001"],
    ["with a time that no operator takes", profileOf({ ...good, time_us: 2e9 }), "is 2000000000"],
    ["with a negative time", profileOf({ ...good, time_us: -1 }), "is -1"],
    ["with a time beyond numbers", profileOf(good).replace(":12", ":1e999"), "is Infinity"],
    ["with a time in words", profileOf({ ...good, time_us: "12 us" }), '"12 us"'],
    ["with a time and a scale", profileOf({ ...good, scale: 2 }), "both"],
    ["without a result", profileOf({ operator: "swiglu", tokens: 32 }), "neither"],
    ["with a time, but no size", profileOf({ operator: "swiglu", time_us: 12 }), "no size"],
    ["with two sizes", profileOf({ ...good, rows: 64 }), "by rows and by tokens"],
    ["with an unknown number format", profileOf({ ...good, dtype: "fp7" }), "fp7"],
    ["with a misspelt key", profileOf({ ...good, toekns: 3 }), "toekns"],
    ["without an operator", profileOf({ ...good, operator: " " }), "no operator"],
    ["with a product without n", profileOf({ operator: "gemm", m: 1, k: 2, time_us: 3 }), 'without "n"'],
    [
      "with more than a plan can hold",
      profileOf(...Array.from({ length: 10_001 }, (_, at) => ({ ...good, tokens: at + 1 }))),
      "the most",
    ],
  ])("%s", (_, text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});

describe("anything at all", () => {
  const given = { numRuns: 150 };
  const judge = (text: string): void => {
    const read = readProfile(text);
    if ("problem" in read) expect(read.problem.length + read.advice.length).toBeGreaterThan(10);
    else
      for (const { time_us = 1, scale = 1 } of read.times)
        expect(time_us > 0 && Number.isFinite(time_us * scale)).toBe(true);
  };

  it("as text", () => {
    fc.assert(fc.property(fc.string(), judge), given);
  });

  it("as JSON", () => {
    fc.assert(fc.property(fc.json(), judge), given);
  });

  it("as entries of a profile", () => {
    const entry = fc.dictionary(
      fc.constantFrom("operator", "part", "dtype", "m", "n", "k", "tokens", "time_us", "scale", "samples"),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => judge(profileOf(...entries))),
      given,
    );
  });

  it("as events of a trace", () => {
    const number = fc.oneof(fc.double(), fc.integer());
    const event = fc.record(
      {
        ph: fc.constantFrom("X", "X", "X", "B", 3),
        cat: fc.constantFrom(
          "kernel",
          "cpu_op",
          "cuda_runtime",
          "user_annotation",
          "gpu_user_annotation",
          null,
        ),
        name: fc.constantFrom(
          "aten::mm",
          "aten::linear",
          "moe.dispatch tokens=9",
          "moe.combine",
          "ncclDevKernel_SendRecv",
          "__proto__",
          7,
        ),
        ts: number,
        dur: number,
        pid: fc.constantFrom(0, "1"),
        tid: fc.constantFrom(1, null),
        args: fc.oneof(
          fc.jsonValue(),
          fc.record({
            "External id": fc.nat(3),
            correlation: fc.nat(3),
            "Input Dims": fc.array(fc.array(fc.oneof(fc.integer({ min: -1, max: 4 }), fc.constant(1e200)))),
            "Input type": fc.array(fc.constantFrom("float", "__proto__", 1)),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: fc.jsonValue() })),
        (events) => judge(JSON.stringify({ traceEvents: events })),
      ),
      { numRuns: 400 },
    );
  });
});

// `--set`: what it decides, and where complaints about it point.
import { describe, expect, it } from "vitest";
import { complaints, programOf, scheduleWith } from "./language.js";

const withOptions = (...overrides: readonly string[]) => programOf(scheduleWith(), { overrides });

describe("an option", () => {
  it("decides a model's parameter", () => {
    const { dimensions } = withOptions("M.experts=12");
    expect(dimensions).toContainEqual({ name: "experts", kind: "experts", value: 12 });
  });

  it("decides a cluster's parameter, before the schedule's argument", () => {
    expect(withOptions("Node.nodes=4").machine.gpus).toBe(32);
  });

  it("decides a setting, or an entry of one", () => {
    const { schedule } = withOptions(
      "s.batch.sequences=2",
      "s.placement=auto(redundant: 8)",
      "s.parallel.ep=4",
    );
    expect(schedule.batch.sequences).toBe(2);
    expect(schedule.batch.length).toBe(128);
    expect(schedule.placement.redundant?.value).toBe(8);
    expect(schedule.parallel.ep).toBe(4);
  });

  it("is a source of its own, and what it decides points there", () => {
    const { schedule, sources } = withOptions("s.parallel.ep=8", "s.placement=auto(redundant: 8)");
    expect(sources.at(-1)).toEqual({
      uri: "--set s.placement=auto(redundant: 8)",
      text: "s.placement=auto(redundant: 8)",
    });
    const { source, start, end } = schedule.placement.redundant!.span;
    expect(sources.find(({ uri }) => uri === source)?.text.slice(start, end)).toBe("8");
  });

  it("computes with the parameters above the one it sets", () => {
    expect(withOptions("M.experts=hidden / 4").dimensions).toContainEqual({
      name: "experts",
      kind: "experts",
      value: 16,
    });
  });
});

describe("a mistake in an option", () => {
  const complaintsFor = (...overrides: readonly string[]): readonly string[] =>
    complaints(scheduleWith(), { overrides });

  it.each([
    ["M.top_k=9", "constraint-not-met"],
    ["M.top_k=2.5", "out-of-range"],
    ["M.top_k=two", "unknown-parameter"],
    ["M.tokp=2", "unknown-override"],
    ["s.batch.sequnces=2", "unknown-field"],
    ["s.batch.micro_batches=3", "does-not-divide"],
    ["Node.nodes=0", "out-of-range"],
    ["M.top_k=", "missing-value"],
    ["M.top_k=2 3", "unexpected-token"],
  ])("--set %s is reported once, as %s", (option, code) => {
    expect(complaintsFor(option).map((each) => each.split(" ")[0])).toEqual([code]);
  });

  it("is reported beside mistakes of the text", () => {
    const text = scheduleWith("routing = unifrom");
    expect(complaints(text, { overrides: ["M.x=1"] })).toEqual([
      `unknown-override at "M.x=1"`,
      `unknown-choice at "unifrom"`,
    ]);
  });
});

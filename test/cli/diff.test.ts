import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft, type Ran } from "./weft.js";

const tiny = fixture("tiny.weft");
const two = fixture("two-schedules.weft");
const more = ["--set-b", "Tiny.experts=16"];
const number: unknown = expect.any(Number);
const diff = (...args: readonly string[]): Ran => weft(["diff", ...args]);

let plan = "";
/** The plan after something was done to it, in a file of its own. */
function changed(change: (plan: Record<string, unknown>) => void): string {
  const object = JSON.parse(readFileSync(plan, "utf8")) as Record<string, unknown>;
  change(object);
  const file = join(emptyFolder(), "plan.json");
  writeFileSync(file, JSON.stringify(object));
  return file;
}

beforeAll(() => {
  const out = emptyFolder();
  weft(["compile", tiny, "-o", out]);
  plan = join(out, "plan.json");
});

describe("weft diff", () => {
  it("says on the standard output what a tweak changes, decides otherwise and costs", () => {
    const ran = diff(tiny, tiny, ...more);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const said of [
      "In short",
      "experts 8 -> 16",
      "exchange: direct_by_slot -> direct_by_peer",
      "lost",
      "step time",
    ])
      expect(ran.stdout).toContain(said);
    expect(ran.stdout).toContain("B  test/cli/fixtures/tiny.weft --set-b Tiny.experts=16");
  });

  it("gives machines one object", () => {
    const ran = diff(tiny, tiny, ...more, "--limit", "step_time=+50%", "--json");
    expect(ran.stderr).toBe("");
    const pair = [number, number];
    expect(json(ran)).toMatchObject({
      ...{ format: "weft.diff/1", ok: true, diagnostics: [], equal: "no" },
      ...{
        step_time_us: pair,
        exposed_communication_us: pair,
        peak_memory_bytes: pair,
        lower_bound_us: pair,
      },
      limits: [{ name: "step_time", ok: true, limit: "step_time=+50%", allowed: number }],
      model_changes: [{ kind: "dimension_changed", dimension: "experts", values: [8, 16] }],
      decisions: [
        { kind: "choice_changed", name: "exchange", other_choice: [{ kind: "lost" }, { kind: "lost" }] },
      ],
    });
    expect(diff(tiny, tiny, ...more, "--limit", "step_time=+50%", "--format", "json").stdout).toBe(
      ran.stdout,
    );
  });

  it("writes Markdown for a pull request", () => {
    const ran = diff(tiny, tiny, ...more, "--format", "markdown");
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^### `weft diff`\n\n\| /);
    expect(ran.stdout).toContain("| :-- | --: | --: | --: | --: | :-- |");
  });

  it("says plainly that equal inputs are equal", () => {
    const ran = diff(tiny, plan);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain("The two plans are equal");
    expect(json(diff(tiny, plan, "--json"))).toMatchObject({
      equal: "plans",
      decisions: [],
      model_changes: [],
    });
  });

  it("is the same every time, and the same for a file and for its plan", () => {
    const ran = diff(plan, two, "--schedule", "long");
    expect(ran.status).toBe(0);
    expect(diff(plan, two, "--schedule", "long").stdout).toBe(ran.stdout);
    const lines = (text: string): string => text.slice(text.indexOf("In short"));
    expect(lines(diff(tiny, two, "--schedule-b", "long").stdout)).toBe(lines(ran.stdout));
  });

  it("compares two schedules of one file, and options of both", () => {
    const ran = diff(two, two, "--schedule-a", "short", "--schedule-b", "long", "--set", "Tiny.top_k=1");
    expect(ran.stdout).toContain("length 16 -> 32");
    expect(ran.stdout).not.toContain("top_k");
  });

  it("reads one of the two from the standard input, be it a file or a plan", () => {
    for (const file of [tiny, plan]) {
      const ran = weft(["diff", "-", tiny, "--json"], { input: readFileSync(file, "utf8") });
      expect(json(ran)).toMatchObject({ ok: true, equal: "plans", plans: [{ name: "<stdin>" }, {}] });
    }
    expect(codes(weft(["diff", "-", "-", "--json"]))).toEqual(["wrong-arguments"]);
  });

  it("compares a plan that does not tell its decisions", () => {
    const silent = changed((object) => delete object["why"]);
    const ran = diff(silent, tiny, ...more, "--json");
    expect(json(ran)).toMatchObject({
      ok: true,
      decisions: [],
      plans: [{ has_decisions: false }, { has_decisions: true }],
    });
    expect(diff(silent, tiny, ...more).stdout).toContain("does not tell its decisions");
  });
});

describe("weft diff --limit", () => {
  it("exits with 1 where B costs more, and names each limit with what B costs", () => {
    const limits = ["--limit", "memory=+1KiB", "--limit", "step_time=+50%", "--limit", "step_time<=1ns"];
    const ran = diff(tiny, tiny, ...more, ...limits, "--json");
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["limit-not-met", "limit-not-met"]);
    expect(json(ran)).toMatchObject({
      ok: false,
      limits: [
        { name: "memory", ok: false, values: [number, number] },
        { name: "step_time", ok: true },
        { name: "step_time", ok: false },
      ],
    });
    const text = diff(tiny, tiny, ...more, ...limits);
    expect(text.status).toBe(1);
    expect(text.stderr).toMatch(
      /error\[limit-not-met\]: The limit memory=\+1KiB is not met: peak memory goes from .* to /,
    );
    expect(text.stdout).toMatch(/NOT KEPT +memory=\+1KiB/);
    expect(text.stdout).toMatch(/kept +step_time=\+50%/);
  });

  it.each([
    ["steptime=+5%", "unknown-limit", 'Did you mean "step_time"?'],
    ["speed=+5%", "unknown-limit", "step_time"],
    ["step_time=5", "malformed-limit", "step_time<=2.5ms for the value"],
    ["memory=+5ms", "malformed-limit", "memory=+2GiB"],
    ["memory", "malformed-limit", "--limit memory=+2GiB"],
  ])("refuses %s before anything is compiled", (limit, code, hint) => {
    const ran = diff("nowhere.weft", tiny, "--limit", limit, "--json");
    expect(ran.status).toBe(2);
    expect(codes(ran)).toEqual([code]);
    expect(ran.stdout.replaceAll('\\"', '"')).toContain(hint);
  });
});

describe("weft diff refuses", () => {
  it.each([
    ["a file that is not there", ["nowhere.weft", tiny], 1, "missing-file"],
    ["two schedules where one must be chosen", [two, tiny], 2, "schedule-not-chosen"],
    ["a parameter that is not there", [tiny, tiny, "--set-b", "Tiny.expert=1"], 2, "unknown-override"],
    ["another program's plan", [tiny, fixture("mscclpp.json")], 1, "plan-foreign"],
    ["a plan that is not there", ["nowhere.json", tiny], 1, "missing-file"],
    ["an unknown format", [tiny, tiny, "--format", "xml"], 2, "wrong-arguments"],
    ["a lone file", [tiny], 2, "wrong-arguments"],
  ])("%s", (_what, args, status, code) => {
    const ran = diff(...args, "--json");
    expect(ran.status).toBe(status);
    expect(codes(ran)).toContain(code);
  });

  it("a schedule file that is too large, as every command does", () => {
    const huge = join(emptyFolder(), "huge");
    writeFileSync(huge, " ".repeat(4 * 2 ** 20 + 1));
    expect(codes(diff(huge, tiny, "--json"))).toEqual(["file-too-large"]);
  });

  it("options of files for what is compiled already", () => {
    for (const args of [
      [plan, tiny, "--set-a", "Tiny.top_k=1"],
      [plan, plan, "--set", "Tiny.top_k=1"],
    ]) {
      const ran = diff(...args, "--json");
      expect(ran.status).toBe(2);
      expect(codes(ran)).toEqual(["wrong-arguments"]);
    }
  });

  it("what is wrong with either side, once each", () => {
    const wrong = ["--set", "Tiny.top_k=99", "--json"];
    expect(codes(diff(tiny, tiny, ...wrong))).toEqual(codes(weft(["compile", tiny, ...wrong])));
    expect(new Set(codes(diff("nowhere.weft", fixture("mscclpp.json"), "--json")))).toEqual(
      new Set(["missing-file", "plan-foreign"]),
    );
  });

  it("plans that do not compute what they say: exit 3, as for every command", () => {
    const dangling = diff(
      changed((object) => (object["exchanges"] = [])),
      tiny,
      "--json",
    );
    expect(dangling.status).toBe(3);
    expect(codes(dangling)).toEqual(["plan-inconsistent"]);
    const hasty = changed(({ cells }) => {
      for (const { launches } of cells as { launches: { kind: string; waits: string[] }[] }[])
        for (const launch of launches) if (launch.kind === "transfer") launch.waits = [];
    });
    const refuted = diff(tiny, hasty, "--json");
    expect(refuted.status).toBe(3);
    expect(codes(refuted)).toEqual(["plan-refuted"]);
  });
});

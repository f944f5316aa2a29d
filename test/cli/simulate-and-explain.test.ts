import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, obeysAll } from "../emit/trace/rules.js";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const tiny = fixture("tiny.weft");
const number: unknown = expect.any(Number);
const text: unknown = expect.any(String);

interface Role {
  readonly name: string;
  readonly ranks: readonly number[];
  readonly timeline: readonly object[];
}

let path = "";
beforeAll(() => {
  const folder = emptyFolder();
  weft(["compile", tiny, "-o", folder]);
  path = join(folder, "plan.json");
});

describe("weft simulate", () => {
  it("gives machines the step, its bound, and each stream of each role", () => {
    const object = json(weft(["simulate", path, "--json"]));
    expect(object).toMatchObject({
      ...{ format: "weft.simulate/1", ok: true, diagnostics: [] },
      ...{ step_time_us: number, lower_bound_us: number, bound_by: text, events: number },
    });
    expect(object["streams"]).toContainEqual(
      expect.objectContaining({ role: "all", stream: "compute", busy_us: number }),
    );
    const { step_time_us: step, lower_bound_us: bound } = object;
    expect(step).toBeGreaterThanOrEqual(Number(bound));
  });

  it("predicts what the compiler predicted", () => {
    const { why } = JSON.parse(readFileSync(path, "utf8")) as { why: { prediction: object } };
    const { streams: _streams, ...prediction } = why.prediction as Record<string, unknown>;
    expect(json(weft(["simulate", path, "--json"]))).toMatchObject(prediction);
  });

  it("tells people the same, with a picture", () => {
    const ran = weft(["simulate", path]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const said of ["step time", "lower bound", "scale_up", "mean of ranks", "layer 2 (moe)"])
      expect(ran.stdout).toContain(said);
  });

  it("writes a trace, and nothing else", () => {
    const folder = emptyFolder();
    const out = join(folder, "deeper/trace.json");
    const ran = weft(["simulate", path, "--trace", out, "--json"]);
    expect(json(ran)).toMatchObject({ ok: true, outputs: [out] });
    expect(readdirSync(join(folder, "deeper"))).toEqual(["trace.json"]);
    obeysAll(eventsOf(readFileSync(out, "utf8")));
  });

  it("with --full walks every rank, moves every message, and says what difference that makes", () => {
    const plain = json(weft(["simulate", path, "--json"]));
    const full = json(weft(["simulate", path, "--full", "--json"]));
    expect(full).toMatchObject({
      ...{ full: true, flows: number, events: number, difference: number, lower_bound_us: number },
      ...{ plain_step_time_us: plain["step_time_us"], walked_ranks: 8, launches: plain["launches"] },
    });
    expect(Object.keys(full)).toEqual(expect.arrayContaining(Object.keys(plain)));
    expect(Math.abs(Number(full["difference"]))).toBeLessThan(0.05);
    const told = weft(["simulate", path, "--full"]);
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout).toContain("Every message a flow");
  });

  it("prints the trace with --trace -, of the ranks that are named", () => {
    const ran = weft(["simulate", path, "--trace", "-", "--ranks", "1,2"]);
    expect(ran.stderr).toContain("step time");
    expect(new Set(eventsOf(ran.stdout).map(({ pid }) => pid))).toEqual(new Set([1, 2]));
  });

  it.each([
    [["--trace", "-", "--json"], /both want the standard output/],
    [["--ranks", "0"], /--trace names none/],
    [["--trace", "-", "--ranks", "8"], /no rank "8"/],
    [["--trace", "-", "--ranks", "first"], /from 0 to 7/],
  ])("refuses %s", (args, said) => {
    const ran = weft(["simulate", path, ...args]);
    expect(ran.status).toBe(2);
    expect(args.includes("--json") ? ran.stdout : ran.stderr).toMatch(said);
  });

  it("leaves what is there alone where it cannot write", () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "trace.json"));
    const ran = weft(["simulate", path, "--trace", join(folder, "trace.json"), "--json"]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["unwritable-output"]);
  });

  it("exits with 3 where a rank waits for ever for one that never comes", () => {
    const plan = JSON.parse(readFileSync(path, "utf8")) as { readonly roles: readonly [Role] };
    const [role] = plan.roles;
    const others = { ...role, ranks: role.ranks.slice(1) };
    const early = { ...role, name: "early", ranks: [role.ranks[0]], timeline: role.timeline.slice(0, 1) };
    const stuck = join(emptyFolder(), "plan.json");
    writeFileSync(stuck, JSON.stringify({ ...plan, roles: [others, early] }));
    const ran = weft(["simulate", stuck, "--json"]);
    expect(ran.status).toBe(3);
    expect(codes(ran)).toEqual(["plan-inconsistent"]);
    expect(ran.stdout).toMatch(/routed\.|combine|dispatch/);
  });

  it("exits with 3 where names do not resolve, and with 1 where there is no plan", () => {
    const plan = JSON.parse(readFileSync(path, "utf8")) as object;
    const dangling = join(emptyFolder(), "plan.json");
    writeFileSync(dangling, JSON.stringify({ ...plan, exchanges: [] }));
    const ran = weft(["simulate", dangling, "--json"]);
    expect(ran.status).toBe(3);
    expect(codes(ran)).toEqual(["plan-inconsistent"]);
    expect(codes(weft(["simulate", "nowhere.json", "--json"]))).toEqual(["missing-file"]);
    expect(weft(["simulate", tiny]).status).toBe(1);
  });
});

describe("weft compile --emit", () => {
  it("writes the trace beside the plan, the same that weft simulate writes", () => {
    const out = emptyFolder();
    const ran = weft(["compile", tiny, "--emit", "plan,trace", "-o", out, "--json"]);
    expect(json(ran)).toMatchObject({ outputs: [join(out, "plan.json"), join(out, "trace.json")] });
    const simulated = weft(["simulate", join(out, "plan.json"), "--trace", "-"]);
    expect(readFileSync(join(out, "trace.json"), "utf8")).toBe(simulated.stdout);
  });

  it("writes what it names and nothing else", () => {
    const out = emptyFolder();
    weft(["compile", tiny, "--emit", "trace", "-o", out]);
    expect(readdirSync(out)).toEqual(["trace.json"]);
    expect(weft(["compile", tiny, "--emit", "trace", "-o", "-"]).status).toBe(2);
  });
});

describe("weft explain FILE", () => {
  it("says what was chosen, what hides what, what is exposed, what crowds and what memory grows with", () => {
    const ran = weft(["explain", tiny]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const said of [
      ...["In short", "Choices", "lost:", "placement = auto", "tiny.weft:", "From the bound to the step"],
      ...["What hides what", "What is exposed", "Where rows crowd", "Lower bounds", "grows"],
    ])
      expect(ran.stdout).toContain(said);
  });

  it("gives machines the same as data", () => {
    const object = json(weft(["explain", tiny, "--json"]));
    expect(object).toMatchObject({
      ...{ format: "weft.explain/1", ok: true, schedule: "prefill", step_time_us: number, bound_by: text },
      run: { block: "moe", layers: 2 },
    });
    const { losses, step_time_us } = object as {
      readonly losses: { readonly parts: readonly { readonly us: number }[] };
      readonly step_time_us: number;
    };
    expect(losses.parts.reduce((sum, { us }) => sum + us, 0)).toBeCloseTo(step_time_us, 1);
  });

  it("explains the schedule that is named, with parameters overridden", () => {
    const ran = weft(["explain", fixture("two-schedules.weft"), "--schedule", "long", "--json"]);
    expect(json(ran)).toMatchObject({ ok: true, schedule: "long" });
    const wide = weft(["explain", tiny, "--set", "Tiny.experts=16", "--json"]);
    expect(json(wide)["ok"]).toBe(true);
    expect(wide.stdout).not.toBe(weft(["explain", tiny, "--json"]).stdout);
  });

  it("explains a plan as the file that it was compiled from", () => {
    expect(weft(["explain", path, "--json"]).stdout).toBe(weft(["explain", tiny, "--json"]).stdout);
  });

  it("writes nothing", () => {
    const cwd = emptyFolder();
    weft(["explain", tiny], { cwd });
    expect(readdirSync(cwd)).toEqual([]);
    expect(existsSync(join(cwd, "plan.json"))).toBe(false);
  });

  it.each([
    ["a schedule that is not there", [tiny, "--schedule", "x"], 2, "unknown-schedule"],
    ["a file that is not there", ["nowhere.weft"], 1, "missing-file"],
    ["a folder", ["."], 1, "not-a-file"],
    ["neither a file nor a code", ["missing-fil"], 2, "unknown-code"],
    ["options beside a code", ["missing-file", "--set", "a.b=1"], 2, "wrong-arguments"],
  ])("refuses %s", (_what, args, status, code) => {
    const ran = weft(["explain", ...args, "--json"]);
    expect(ran.status).toBe(status);
    expect(codes(ran).join()).toContain(code);
  });

  it("refuses options that a plan has behind it", () => {
    const ran = weft(["explain", path, "--schedule", "prefill", "--json"]);
    expect(ran.status).toBe(2);
    expect(codes(ran)).toEqual(["wrong-arguments"]);
  });
});

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const tiny = fixture("tiny.weft");
const two = fixture("two-schedules.weft");
const number: unknown = expect.any(Number);
const text: unknown = expect.any(String);

describe("weft compile", () => {
  it("writes DIR/plan.json and nothing else, making the folder", () => {
    const out = join(emptyFolder(), "deep/er");
    const ran = weft(["compile", tiny, "-o", out]);
    expect(ran.status).toBe(0);
    expect(readdirSync(out)).toEqual(["plan.json"]);
    expect(JSON.parse(readFileSync(join(out, "plan.json"), "utf8"))).toMatchObject({ format: "weft.plan/1" });
  });

  it("says what was decided, predicted and proved, on the standard error alone", () => {
    const ran = weft(["compile", tiny, "-o", emptyFolder()]);
    expect(ran.stdout).toBe("");
    for (const said of [
      "Decided",
      "lost:",
      "step time",
      "exposed",
      "lower bound",
      "weights",
      "Proved",
      "plan.json",
    ])
      expect(ran.stderr).toContain(said);
  });

  it("prints one object with --json, whose fields are those of the plan", () => {
    const out = emptyFolder();
    const ran = weft(["compile", tiny, "-o", out, "--json"]);
    const plan = readFileSync(join(out, "plan.json"), "utf8");
    expect(ran.stderr).toBe("");
    const object = json(ran);
    expect(object).toMatchObject({
      format: "weft.compile/1",
      ok: true,
      diagnostics: [],
      outputs: [join(out, "plan.json")],
      schedule: "prefill",
      step_time_us: number,
      tokens_per_second: number,
      exposed_communication_us: number,
      communication_us: number,
      compute_us: number,
      lower_bound_us: number,
      bound_by: text,
      peak_memory_bytes: number,
      plan_sha256: createHash("sha256").update(plan).digest("hex"),
    });
    const place = { line: number, column: number, offset: number };
    for (const decision of object["decisions"] as readonly object[])
      expect(decision).toMatchObject({
        name: text,
        choice: text,
        pinned: expect.any(Boolean) as unknown,
        price_us: number,
        alternatives: expect.any(Array) as unknown,
        span: { file: "tiny.weft", start: place, end: place },
      });
  });

  it("prints the plan with -o -", () => {
    const out = emptyFolder();
    weft(["compile", tiny, "-o", out]);
    const ran = weft(["compile", tiny, "-o", "-"], { cwd: emptyFolder() });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toBe(readFileSync(join(out, "plan.json"), "utf8"));
  });

  it("reads the standard input as -", () => {
    const ran = weft(["compile", "-", "-o", "-"], { input: readFileSync(tiny, "utf8") });
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ format: "weft.plan/1" });
  });

  it("compiles the schedule that is named", () => {
    const ran = weft(["compile", two, "--schedule", "long", "-o", emptyFolder(), "--json"]);
    expect(json(ran)).toMatchObject({ ok: true, schedule: "long" });
  });

  it("changes the model by --set", () => {
    const out = emptyFolder();
    expect(
      weft(["compile", tiny, "--set", "Tiny.top_k=1", "--set", "Tiny.experts=16", "-o", out]).status,
    ).toBe(0);
    const plan = readFileSync(join(out, "plan.json"), "utf8");
    expect(plan).toContain("--set Tiny.experts=16");
    expect(JSON.parse(plan)).toMatchObject({ placements: [{ experts: 16 }] });
  });

  it("writes a rule that names every file read", () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "parts"));
    const source = readFileSync(tiny, "utf8");
    const at = source.indexOf("schedule prefill");
    writeFileSync(join(folder, "parts/model.weft"), source.slice(0, at));
    writeFileSync(
      join(folder, "my tiny.weft"),
      `import "weft:clusters/h100"\nimport "parts/model.weft"\n${source.slice(at)}`,
    );
    const ran = weft(["compile", "my tiny.weft", "-o", "out", "--depfile", "out/plan.d", "--json"], {
      cwd: folder,
    });
    expect(json(ran)).toMatchObject({ outputs: ["out/plan.json", "out/plan.d"] });
    const rule = readFileSync(join(folder, "out/plan.d"), "utf8");
    expect(rule).toBe("out/plan.json: \\\n  my\\ tiny.weft \\\n  parts/model.weft\n");
  });
});

describe("weft compile refuses a command line", () => {
  it.each([
    ["several schedules and none chosen", ["compile", two], "schedule-not-chosen", /short, long/],
    [
      "a schedule that is not there",
      ["compile", two, "--schedule", "lang"],
      "unknown-schedule",
      /Did you mean "long"/,
    ],
    [
      "a target that is not emitted",
      ["compile", tiny, "--emit", "plan,chakra"],
      "unknown-target",
      /It emits: plan/,
    ],
    [
      "a parameter that is not there",
      ["compile", tiny, "--set", "Tiny.expert=4"],
      "unknown-override",
      /Tiny.experts/,
    ],
    [
      "a --set without a value",
      ["compile", tiny, "--set", "Tiny.experts"],
      "malformed-override",
      /NAME.PARAMETER=VALUE/,
    ],
    [
      "the same --set twice",
      ["compile", tiny, "--set", "Tiny.top_k=1", "--set", "Tiny.top_k=2"],
      "duplicate-override",
      /Keep one/,
    ],
    ["an unknown option", ["compile", tiny, "--jsn"], "wrong-arguments", /--json/],
    ["an unknown command", ["compil", tiny], "wrong-arguments", /compile/],
    ["no file", ["compile"], "wrong-arguments", /FILE/],
    ["nothing at all", [], "wrong-arguments", /compile, check, verify, run, simulate, explain/],
  ])("%s: exit 2, nothing written", (_what, args, code, said) => {
    const cwd = emptyFolder();
    const ran = weft(args, { cwd });
    expect(ran.status).toBe(2);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).toContain(`error[${code}]`);
    expect(ran.stderr).toMatch(said);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("prints one object with --json here too", () => {
    const ran = weft(["compile", two, "--json"]);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toBe("");
    expect(json(ran)).toMatchObject({ format: "weft.compile/1", ok: false });
    expect(codes(ran)).toEqual(["schedule-not-chosen"]);
    expect(json(weft(["verify", "--jsn", "--json"]))).toMatchObject({ format: "weft.verify/1", ok: false });
  });

  it("two results for one standard output", () => {
    expect(weft(["compile", tiny, "-o", "-", "--json"]).status).toBe(2);
    expect(weft(["compile", tiny, "-o", "-", "--depfile", "d"]).status).toBe(2);
  });
});

describe("weft compile leaves the output alone when", () => {
  const broken = readFileSync(tiny, "utf8").replace("top_k   = 2", "top_k   = 99");

  it("the input is at fault", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "plan.json"), "precious");
    writeFileSync(join(folder, "broken.weft"), broken);
    const ran = weft(["compile", "broken.weft", "-o", "."], { cwd: folder });
    expect(ran.status).toBe(1);
    expect(readFileSync(join(folder, "plan.json"), "utf8")).toBe("precious");
    expect(readdirSync(folder).sort()).toEqual(["broken.weft", "plan.json"]);
  });

  it("it would have to be made first", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "broken.weft"), broken);
    expect(weft(["compile", "broken.weft", "-o", "out"], { cwd: folder }).status).toBe(1);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("the output folder is a file, or plan.json is a folder", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "file"), "precious");
    mkdirSync(join(folder, "full/plan.json"), { recursive: true });
    for (const out of ["file", "full"]) {
      const ran = weft(["compile", tiny, "-o", out, "--json"], { cwd: folder });
      expect(ran.status).toBe(1);
      expect(codes(ran)).toEqual(["unwritable-output"]);
    }
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("precious");
    expect(readdirSync(join(folder, "full"))).toEqual(["plan.json"]);
  });
});

describe("weft compile --emit cuda", () => {
  it("writes the program's folder, and with cuda-emulated what executes it beside it", () => {
    const out = join(emptyFolder(), "out");
    const ran = weft(["compile", tiny, "--emit", "cuda-emulated", "-o", out]);
    expect(ran.status).toBe(0);
    expect(readdirSync(out).sort()).toEqual(["cuda", "cuda-emulated"]);
    expect(readdirSync(join(out, "cuda/program")).sort()).toContain("cells.cu");
    expect(ran.stderr).toContain("cuda-emulated/");
  });

  it("refuses rows by deepep, of which there are prices only, and writes the plan", () => {
    const out = join(emptyFolder(), "out");
    const setting = "auto(transport: deepep)";
    const set = ["--set", `prefill.exchange=${setting}`];
    const emitted = weft(["compile", tiny, ...set, "--emit", "cuda", "-o", out, "--json"]);
    expect(emitted.status).toBe(1);
    expect(codes(emitted)).toEqual(["not-emittable"]);
    expect(json(emitted)).toMatchObject({ diagnostics: [{ file: `--set prefill.exchange=${setting}` }] });
    const compiled = weft(["compile", tiny, ...set, "-o", out]);
    expect(compiled.status).toBe(0);
    expect(compiled.stderr).toContain("rows by deepep");
    const plan = join(out, "plan.json");
    expect(weft(["verify", plan]).status).toBe(0);
    expect(json(weft(["run", plan, "--backend", "cpu", "--json"]))).toMatchObject({ ok: true });
    const emulated = weft(["run", plan, "--backend", "cuda-emulated", "--json"]);
    expect(emulated.status).toBe(1);
    expect(codes(emulated)).toEqual(["not-emittable"]);
  });

  it("writes nothing where a program could not express the plan, and says where that was asked for", () => {
    const out = join(emptyFolder(), "out");
    const narrow = readFileSync(tiny, "utf8")
      .replace(/hidden = 64/, "hidden = 66")
      .replace(/dispatch: \w+/, "dispatch: fp8");
    const ran = weft(["compile", "-", "--emit", "cuda", "-o", out, "--json"], { input: narrow });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["not-emittable"]);
    expect(existsSync(out)).toBe(false);
  });
});

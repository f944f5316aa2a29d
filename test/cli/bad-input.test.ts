// Whatever a path names, a command says what is wrong with it: a diagnostic, exit 1, no stack trace.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

let folder = "";
const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);

beforeAll(() => {
  folder = emptyFolder();
  mkdirSync(join(folder, "folder"));
  put("empty", "");
  put("blank", " \n\n");
  put("zero", Buffer.from([0x6d, 0x6f, 0, 0x65]));
  put("latin1", Buffer.from("model M\u00fcller { }", "latin1"));
  put("gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]));
  put("huge", " ".repeat(4 * 2 ** 20 + 1));
  put("deep.weft", `model M { layers = ${"[".repeat(5000)} }`);
  put("word", "hello");
  symlinkSync("circle", join(folder, "circle"));
});

const missing = [
  ["a missing file", "nowhere", "missing-file"],
  ["a file below a file", "empty/below", "missing-file"],
  ["a folder", "folder", "not-a-file"],
  ["a zero byte", "zero", "binary-file"],
  ["bytes that are not UTF-8", "latin1", "binary-file"],
  ["a compressed file", "gzip", "compressed-file"],
  ["a link that leads to itself", "circle", "unreadable-file"],
  ["an empty file", "empty", "empty-file"],
  ["blanks alone", "blank", "empty-file"],
] as const;

const any: Readonly<Record<"number" | "string", unknown>> = {
  number: expect.any(Number),
  string: expect.any(String),
};
const place = { line: any.number, column: any.number, offset: any.number };

describe.each(["compile", "verify"])("weft %s", (command) => {
  it.each(missing)("%s", (_what, path, code) => {
    const ran = weft([command, path, "--json"], { cwd: folder });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe("");
    expect(json(ran)).toMatchObject({ format: `weft.${command}/1`, ok: false });
    const [first] = json(ran)["diagnostics"] as readonly object[];
    const fields = { severity: "error", message: any.string, hint: any.string, start: place, end: place };
    expect(first).toMatchObject({ ...fields, code, file: path });
  });
});

describe("weft check", () => {
  it("checks a tweak before anyone compiles it", () => {
    const example = "examples/mixtral-8x7b-prefill.weft";
    expect(weft(["check", example, "--set", "Mixtral.top_k=1"]).status).toBe(0);
    const ran = weft(["check", example, "--set", "Mixtral.top_k=9", "--json"]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["constraint-not-met"]);
  });

  it("reports what is wrong with each of many files", () => {
    const args = ["check", ...missing.map(([, path]) => path)];
    const machine = weft([...args, "--format", "json"], { cwd: folder });
    expect(machine.status).toBe(1);
    expect([...new Set(codes(machine))].sort()).toEqual(
      [...new Set(missing.map(([, , code]) => code))].sort(),
    );
    const text = weft(args, { cwd: folder });
    expect(text.status).toBe(1);
    expect(text.stdout).toBe("");
    expect(text.stderr).not.toMatch(/\n\s+at /);
    for (const [, path, code] of missing) {
      expect(text.stderr).toContain(`error[${code}]`);
      expect(text.stderr).toContain(`--> ${path}`);
    }
  });
});

describe("weft run", () => {
  it("reads plans as verify does", () => {
    const ran = weft(["run", "folder", "--json"], { cwd: folder });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["not-a-file"]);
  });
});

describe("weft compile", () => {
  it.each([
    ["a file that is too large", "huge", "file-too-large"],
    ["deep nesting", "deep.weft", "nesting-too-deep"],
    ["text that is no Weft", "word", "unexpected-token"],
  ])("%s", (_what, path, code) => {
    const ran = weft(["compile", path, "--json"], { cwd: folder });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toContain(code);
  });

  it("names the byte that is not text", () => {
    expect(weft(["compile", "latin1"], { cwd: folder }).stderr).toContain("byte 7 begins no UTF-8 character");
    expect(weft(["compile", "zero"], { cwd: folder }).stderr).toContain("byte 2 is zero");
  });

  it("shows a place by the path that was typed", () => {
    const ran = weft(["check", "test/cli/fixtures/tiny.weft", "test/cli/fixtures/mscclpp.json", "--json"]);
    const [first] = json(ran)["diagnostics"] as readonly object[];
    expect(first).toMatchObject({ file: "test/cli/fixtures/mscclpp.json" });
  });
});

describe.each(["verify", "run"])("weft %s, given a plan that is", (command) => {
  let plan = "";
  beforeAll(() => (plan = weft(["compile", fixture("tiny.weft"), "-o", "-"]).stdout));
  const refused = (input: string): readonly string[] => {
    const ran = weft([command, "-", "--json"], { input });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe("");
    return codes(ran);
  };

  it("cut short", () => {
    for (const share of [0.01, 0.9])
      expect(refused(plan.slice(0, plan.length * share))).toEqual(["plan-not-json"]);
  });

  it("another program's", () => {
    expect(codes(weft([command, fixture("mscclpp.json"), "--json"]))).toEqual(["plan-foreign"]);
    expect(refused("[]")).toEqual(["plan-foreign"]);
    expect(refused("null")).toEqual(["plan-foreign"]);
    expect(refused(plan.replace("weft.plan/1", "weft.plan/2"))).toEqual(["plan-foreign"]);
  });

  it("malformed", () => {
    expect(refused(plan.replace('"world":', '"wurld":'))).toEqual(["plan-malformed"]);
    expect(refused(plan.replace(/"world":\d+/, '"world":"eight"'))).toEqual(["plan-malformed"]);
    expect(refused(JSON.stringify({ format: "weft.plan/1" }))).toEqual(["plan-malformed"]);
  });

  it("of the schema's shape, but names what is not there: the plan is wrong, exit 3", () => {
    const damaged = plan.replace(/("kind":"compute"[^}]*?"node":")([^"]+)"/, '$1nowhere"');
    expect(damaged).not.toBe(plan);
    const ran = weft([command, "-", "--json"], { input: damaged });
    expect(ran.status).toBe(3);
    expect(json(ran)).toMatchObject({ ok: false });
    if (command === "run") expect(codes(ran)).toEqual(["plan-inconsistent"]);
  });
});

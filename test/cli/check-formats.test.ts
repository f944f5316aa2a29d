// Diagnostics in the formats of other programs: goldens for one file with many mistakes, and what the formats themselves demand.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { Log } from "sarif";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { expectGolden } from "../check/golden.js";
import { codes, emptyFolder, fixture, json, weft, type Ran } from "./weft.js";

const broken = "test/cli/fixtures/formats/broken.weft";
const check = (format: string, ...files: readonly string[]): Ran =>
  weft(["check", ...files, "--format", format]);
const sarif = (ran: Ran): Log => JSON.parse(ran.stdout) as Log;

describe("weft check --format sarif", () => {
  it("is the golden log, on the standard output alone", () => {
    const ran = check("sarif", broken);
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expectGolden(fixture("formats/broken.sarif"), ran.stdout);
  });

  it.each([
    ["with mistakes of every kind of place", [broken, "nowhere.weft", "test", fixture("mscclpp.json")]],
    ["without any", [fixture("tiny.weft")]],
  ])("meets the published schema, %s", (_what, files) => {
    const log = sarif(check("sarif", ...files));
    const validate = sarifValidator();
    expect(validate(log), JSON.stringify(validate.errors, null, 2)).toBe(true);
  });

  it("finds each mistake where the JSON finds it, in UTF-16 units", () => {
    const { diagnostics } = json(check("json", broken)) as {
      readonly diagnostics: readonly {
        readonly code: string;
        readonly severity: string;
        readonly hint: string;
        readonly start: { readonly line: number; readonly column: number; readonly offset: number };
        readonly end: { readonly offset: number };
      }[];
    };
    const [run] = sarif(check("sarif", broken)).runs;
    const text = readFileSync(fixture("formats/broken.weft"), "utf8");
    expect(run?.columnKind).toBe("utf16CodeUnits");
    expect(run?.results?.length).toBe(diagnostics.length);
    run?.results?.forEach((result, at) => {
      const { code, severity, hint, start, end } = diagnostics[at]!;
      const { region, artifactLocation } = result.locations?.[0]?.physicalLocation ?? {};
      expect(artifactLocation).toEqual({ uri: broken, uriBaseId: "%SRCROOT%" });
      expect(region).toMatchObject({ startLine: start.line, startColumn: start.column });
      expect(region).toMatchObject({ charOffset: start.offset, charLength: end.offset - start.offset });
      expect(region?.snippet?.text).toBe(text.slice(start.offset, end.offset));
      expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(code);
      expect(result).toMatchObject({ ruleId: code, level: severity, properties: { hint } });
    });
  });

  it("names no absolute path, and encodes what a uri cannot hold", () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, "a b"));
    for (const name of ["a b/c#d?.weft", "x:y.weft"]) writeFileSync(join(cwd, name), "model");
    const ran = weft(["check", "a b/c#d?.weft", "x:y.weft", "--format", "sarif"], { cwd });
    expect(ran.stdout).not.toContain(cwd);
    const uris = sarif(ran).runs[0]?.results?.map(
      ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    );
    expect(new Set(uris)).toEqual(new Set(["a%20b/c%23d%3F.weft", "./x:y.weft"]));
  });
});

describe("weft check --format github", () => {
  it("prints one command for each mistake on the standard output, and the tally beside it", () => {
    const ran = check("github", broken, "nowhere.weft");
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/^2 files checked: \d+ errors, 1 warning\n$/);
    expectGolden(fixture("formats/broken.github.txt"), ran.stdout);
  });

  it("is silent about files without mistakes", () => {
    expect(check("github", fixture("tiny.weft"))).toMatchObject({ status: 0, stdout: "" });
  });

  it("escapes what would end a property", () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "50%,a:b.weft"), "");
    const ran = weft(["check", "50%,a:b.weft", "--format", "github"], { cwd });
    expect(ran.stdout).toMatch(
      /^::error file=50%25%2Ca%3Ab\.weft,.*title=error\[empty-file\]::50%25,a:b\.weft is/,
    );
  });
});

describe("weft check --format", () => {
  it("refuses what is no format, and --json stays what it was", () => {
    expect(check("xml", broken).status).toBe(2);
    expect(weft(["check", broken, "--json"]).stdout).toBe(check("json", broken).stdout);
    expect(codes(check("json", broken)).length).toBeGreaterThan(2);
  });
});

/** The schema is in draft 4, of which ajv reads all that it uses but the name of its id, and has a pattern that `u` would refuse. */
function sarifValidator() {
  const { id: _id, $schema: _draft, ...rest } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i);
  ajv.addFormat("uri-reference", /^[^\s<>"{}|\\^`]*$/);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return ajv.compile(rest);
}

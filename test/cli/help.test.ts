import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { version } from "../../src/index.js";
import { cli, json, weft } from "./weft.js";

describe("weft", () => {
  it("--version is that of the package", () => {
    expect(weft(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    [[]],
    [["compile"]],
    [["check"]],
    [["verify"]],
    [["run"]],
    [["simulate"]],
    [["explain"]],
    [["diff"]],
    [["place"]],
    [["exchange"]],
  ])("%s --help shows examples", (command) => {
    const ran = weft([...command, "--help"]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/Usage: weft/);
    expect(ran.stdout).toMatch(/Examples:\n {2}\$ weft /);
  });

  /** Fastest of some starts, in seconds: the machine may be busy with other things. */
  const fastest = (args: readonly string[]): number => {
    const times = Array.from({ length: 7 }, () => {
      const begin = process.hrtime.bigint();
      spawnSync(process.execPath, args);
      return Number(process.hrtime.bigint() - begin);
    });
    return Math.min(...times);
  };

  it("starts in a few times what Node alone takes", () => {
    expect(fastest([cli, "--version"]) / fastest(["-e", "0"])).toBeLessThan(5);
  });
});

describe("weft explain", () => {
  it("prints the page of a code", () => {
    const ran = weft(["explain", "does-not-fit-memory"]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^# does-not-fit-memory\n/);
    expect(json(weft(["explain", "missing-file", "--json"]))).toMatchObject({
      format: "weft.explain/1",
      ok: true,
      code: "missing-file",
    });
  });

  it("suggests the code that was meant", () => {
    const ran = weft(["explain", "does-not-fit-memroy"]);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain("error[unknown-code]");
    expect(ran.stderr).toContain('Did you mean "does-not-fit-memory"?');
  });
});

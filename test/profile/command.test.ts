// The command line with profiles: what they change, what is said of them, and what is refused.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, root, weft } from "../cli/weft.js";
import { profileOf } from "./compiled.js";

const slowDispatch = join(root, "test/profile/fixtures/slow-dispatch.weft");
const doubled = join(root, "test/profile/fixtures/slow-dispatch.json");

interface Decision {
  readonly name: string;
  readonly choice: string;
}

/** A folder with the small schedule of the command line's tests, which names `ops.json` in a folder below. */
function folderWith(profile: string | Buffer): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "measured"));
  writeFileSync(join(folder, "measured/ops.json"), profile);
  const text = readFileSync(fixture("tiny.weft"), "utf8");
  writeFileSync(
    join(folder, "tiny.weft"),
    text.replace("  overlap   = auto", '  overlap   = auto\n  profile "measured/ops.json"'),
  );
  return folder;
}

describe("a profile in which the dispatch takes twice as long", () => {
  it("changes the price and the exchange, and explain says so", () => {
    const plain = json(weft(["compile", slowDispatch, "-o", emptyFolder(), "--json"]));
    const explained = json(weft(["explain", slowDispatch, "--profile", doubled, "--json"]));
    const exchangeOf = ({ decisions }: Record<string, unknown>): string | undefined =>
      (decisions as readonly Decision[]).find(({ name }) => name === "exchange")?.choice;
    expect(exchangeOf(plain)).toBe("direct_by_slot");
    expect(exchangeOf(explained)).toBe("node_aware");
    expect(Number(explained["step_time_us"])).toBeGreaterThan(1.1 * Number(plain["step_time_us"]));
    expect(explained["without_profile"]).toMatchObject({
      step_time_us: plain["step_time_us"],
      decisions: expect.arrayContaining([
        { name: "exchange", choice: "node_aware", without: "direct_by_slot" },
      ]) as unknown,
    });
    expect(explained["summary"]).toContain(
      "With the profile the exchange is node_aware; without it, direct_by_slot would have been chosen.",
    );
    expect(explained["profile"]).toMatchObject({
      transfers_measured: 2,
      matched: [
        { name: "moe.routed.dispatch.dispatch_across", kind: "transfer", fit: "scaled" },
        { name: "moe.routed.dispatch.dispatch_within", kind: "transfer", fit: "scaled" },
      ],
    });
  });
});

describe("a profile beside a schedule", () => {
  it("is found from there, named in the dependency file, and kept in the plan, which other commands read", () => {
    const folder = folderWith(profileOf({ operator: "dispatch", scale: 2 }, { operator: "mla", scale: 3 }));
    const compiled = weft(["compile", "tiny.weft", "-o", "out", "--depfile", "out/d", "--json"], {
      cwd: folder,
    });
    const { profile, step_time_us: step } = json(compiled);
    expect(profile).toMatchObject({
      files: [{ path: "measured/ops.json", kind: "profile" }],
      transfers_measured: 1,
      scaled: 1,
      unmatched: [{ operator: "mla" }],
    });
    expect(readFileSync(join(folder, "out/d"), "utf8")).toContain("measured/ops.json");
    const plan = join(folder, "out/plan.json");
    expect(json(weft(["simulate", plan, "--json"]))).toMatchObject({ step_time_us: step, profile });
    expect(json(weft(["verify", plan, "--json"]))).toMatchObject({ ok: true });
    expect(json(weft(["run", plan, "--backend", "cpu", "--json"]))).toMatchObject({ ok: true });
    expect(json(weft(["diff", plan, fixture("tiny.weft"), "--json"]))).toMatchObject({ ok: true });
    const told = weft(["compile", "tiny.weft", "-o", "out"], { cwd: folder });
    expect(told.stderr).toContain("profile measured/ops.json: 0 of ");
    expect(told.stderr.replace(/\s+/g, " ")).toContain("(1 scaled); 1 measurement matches nothing: mla");
  });

  it("is replaced by --profile, whose path starts from the working folder", () => {
    const folder = folderWith("not even JSON");
    writeFileSync(join(folder, "other.json"), profileOf({ operator: "combine", scale: 2 }));
    const ran = weft(["compile", "tiny.weft", "--profile", "other.json", "-o", "out", "--json"], {
      cwd: folder,
    });
    expect(json(ran)).toMatchObject({ ok: true, profile: { files: [{ path: "other.json" }] } });
    const absolute = weft(
      ["compile", "tiny.weft", "--profile", join(folder, "other.json"), "-o", "abs", "--json"],
      { cwd: folder },
    );
    expect(json(absolute)).toMatchObject({ ok: true });
    for (const name of ["out", "abs"])
      expect(readFileSync(join(folder, name, "plan.json"), "utf8")).not.toContain(folder);
  });

  it.each([
    ["missing", ["--profile", "none.json"], "missing-file"],
    ["a folder", ["--profile", "measured"], "not-a-file"],
  ])("that is %s is refused", (_, args, code) => {
    const folder = folderWith("{}");
    const ran = weft(["check", "tiny.weft", ...args, "--json"], { cwd: folder });
    expect([ran.status, codes(ran)]).toEqual([1, [code]]);
  });

  it("that is missing is shown as it was typed, from the working folder", () => {
    const folder = folderWith("{}");
    mkdirSync(join(folder, "below"));
    const ran = weft(["check", "../tiny.weft", "--profile", "none.json"], { cwd: join(folder, "below") });
    expect(ran.stderr).toContain("There is no file none.json.");
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("Paths are relative to the working folder");
  });

  it("that had more SMs than the GPU is refused, but not where it is of another machine", () => {
    const times = { operator: "swiglu", tokens: 32, time_us: 12, sms: 148 };
    const profile = profileOf(times);
    const ran = weft(["check", "tiny.weft", "--json"], { cwd: folderWith(profile) });
    expect([ran.status, codes(ran)]).toEqual([1, ["malformed-profile"]]);
    const other = JSON.stringify({ ...(JSON.parse(profile) as object), machine: "B200" });
    expect(codes(weft(["check", "tiny.weft", "--json"], { cwd: folderWith(other) }))).toEqual([
      "profile-of-other-machine",
    ]);
  });

  it("that is compressed is to be unpacked", () => {
    const folder = folderWith(gzipSync('{"traceEvents": []}'));
    const ran = weft(["check", "tiny.weft"], { cwd: folder });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("gunzip");
  });

  it("says nothing about codes and plans", () => {
    const ran = weft(["explain", "missing-file", "--profile", "ops.json"]);
    expect(ran.status).toBe(2);
  });
});

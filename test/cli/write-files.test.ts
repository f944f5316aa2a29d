// Where output goes: links stay links, and pipes and devices are written to, not replaced.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFiles } from "../../src/cli/write-files.js";
import { emptyFolder } from "./weft.js";

describe("output files", () => {
  it("replace what a link leads to, and leave the link", () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "real"));
    writeFileSync(join(folder, "real/page.html"), "old");
    symlinkSync("real/page.html", join(folder, "near.html"));
    symlinkSync("near.html", join(folder, "far.html"));
    expect(writeFiles([{ path: join(folder, "far.html"), text: "new" }])).toBeUndefined();
    expect(readlinkSync(join(folder, "far.html"))).toBe("near.html");
    expect(readlinkSync(join(folder, "near.html"))).toBe("real/page.html");
    expect(readFileSync(join(folder, "real/page.html"), "utf8")).toBe("new");
    expect(readdirSync(join(folder, "real"))).toEqual(["page.html"]);
  });

  it("are made where a link leads to nothing yet", () => {
    const folder = emptyFolder();
    symlinkSync("later/page.html", join(folder, "page.html"));
    expect(writeFiles([{ path: join(folder, "page.html"), text: "new" }])).toBeUndefined();
    expect(readlinkSync(join(folder, "page.html"))).toBe("later/page.html");
    expect(readFileSync(join(folder, "later/page.html"), "utf8")).toBe("new");
  });

  it("are refused where links lead in a circle", () => {
    const folder = emptyFolder();
    symlinkSync("two", join(folder, "one"));
    symlinkSync("one", join(folder, "two"));
    expect(writeFiles([{ path: join(folder, "one"), text: "new" }])?.code).toBe("unwritable-output");
    expect(readlinkSync(join(folder, "one"))).toBe("two");
  });

  it("go into a pipe that has a name, which stays one", async () => {
    const folder = emptyFolder();
    const [pipe, file] = [join(folder, "pipe"), join(folder, "file")];
    execFileSync("mkfifo", [pipe]);
    // The reader has to be there while the writer writes.
    const reader = spawn("timeout", ["20", "cat", pipe]);
    let got = "";
    reader.stdout.setEncoding("utf8").on("data", (piece: string) => (got += piece));
    expect(
      writeFiles([
        { path: pipe, text: "through the pipe" },
        { path: file, text: "beside it" },
      ]),
    ).toBeUndefined();
    await once(reader, "close");
    expect(got).toBe("through the pipe");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("beside it");
    expect(readdirSync(folder).sort()).toEqual(["file", "pipe"]);
  });
});

import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { paletteOf, ProgressLine, type Output } from "../../src/cli/terminal.js";
import { cli, fixture, root, weft } from "./weft.js";

/** A stream that is a terminal, or not, and keeps what is written. */
function stream(isTTY: boolean): { readonly stream: Output; readonly written: () => string } {
  let text = "";
  const write = (part: string): boolean => {
    text += part;
    return true;
  };
  return { stream: isTTY ? { isTTY, columns: 40, write } : { write }, written: () => text };
}

describe("colour", () => {
  afterEach(() => vi.unstubAllEnvs());
  const bold = (isTTY: boolean): string => paletteOf(stream(isTTY).stream).bold("x");

  it("is for terminals alone", () => {
    vi.stubEnv("NO_COLOR", undefined);
    vi.stubEnv("TERM", "xterm");
    expect(bold(true)).toBe("\u001b[1mx\u001b[22m");
    expect(bold(false)).toBe("x");
  });

  it("yields to NO_COLOR and to dumb terminals", () => {
    vi.stubEnv("TERM", "xterm");
    vi.stubEnv("NO_COLOR", "1");
    expect(bold(true)).toBe("x");
    vi.stubEnv("NO_COLOR", undefined);
    vi.stubEnv("TERM", "dumb");
    expect(bold(true)).toBe("x");
  });

  it("never reaches a pipe, even where continuous integration is detected", () => {
    const ran = weft(["compile", "nowhere.weft"], { env: { CI: "true", TERM: "xterm-256color" } });
    expect(ran.stderr).not.toContain("\u001b");
  });
});

describe("progress", () => {
  it("writes over one line of a terminal and cleans up", () => {
    const { stream: terminal, written } = stream(true);
    const line = new ProgressLine(terminal);
    line.show("executing:  1 %");
    line.show("executing:  1 %");
    line.show("executing:  2 %");
    line.clear();
    expect(written()).toBe("\r\u001b[Kexecuting:  1 %\r\u001b[Kexecuting:  2 %\r\u001b[K");
  });

  it("is silent elsewhere", () => {
    const { stream: pipe, written } = stream(false);
    const line = new ProgressLine(pipe);
    line.show("executing");
    line.clear();
    expect(written()).toBe("");
  });
});

describe("a reader that leaves", () => {
  it("ends the program without a word", () => {
    const script = `"$0" "$1" compile "$2" -o - | head -c 10`;
    const ran = spawnSync("sh", ["-c", script, process.execPath, cli, fixture("tiny.weft")], {
      cwd: root,
      encoding: "utf8",
    });
    expect(ran.stdout).toHaveLength(10);
    expect(ran.stderr).not.toMatch(/EPIPE|Error|internal/);
    expect(ran.status).toBe(0);
  });
});

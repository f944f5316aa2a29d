// Inputs that are large or binary: read in little memory, or refused before they cost any.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseLoads, readLoadsFile } from "../../../src/importers/loads/index.js";
import { faultOf, loadsOf } from "./reading.js";

const folder = mkdtempSync(join(tmpdir(), "weft-loads-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const faultIn = (path: string): string => faultOf(readLoadsFile(path));

describe("a file of 2 GB", () => {
  const sparse = (name: string, begin: string): string => {
    const path = fileOf(name, begin);
    truncateSync(path, 2 * 2 ** 30);
    return path;
  };

  it("of JSON is refused by its size, the limit and what to do", () => {
    const path = sparse("matrix.json", `[${"[1,2],".repeat(2 ** 18)}`);
    expect(readLoadsFile(path)).toEqual({
      place: "the file",
      reason: "it has 2048 MiB, and Weft reads JSON and arrays of up to 256 MiB",
      hint: "Sum steps to fewer windows before writing, or write a trace as JSONL, a record a line, which may have any size.",
    });
  });

  it("of nothing is refused by its first byte", () => {
    expect(faultIn(sparse("zeros.json", ""))).toBe("byte 0: it is zero, so the file is no UTF-8 text");
  });

  it("of one line is refused by its size", () => {
    expect(faultIn(sparse("line.jsonl", `{"layer": 0, "top_indices": [${"[1],".repeat(2 ** 18)}`))).toContain(
      "2048 MiB",
    );
  });

  it("of lines is refused at the first that is none", () => {
    const line = `${JSON.stringify({ layer: 0, top_indices: [[0, 1]] })}\n`;
    const path = sparse("trace.jsonl", line.repeat(2 ** 15));
    expect(faultIn(path)).toBe("line 32769: it has more than 67108864 characters");
  });
});

describe("a file that is no text", () => {
  it.each<readonly [string, readonly number[], string, string]>([
    ["dump.pt", [0x50, 0x4b, 3, 4, 0, 0], "it is a zip archive, such as torch.save writes", "torch.load("],
    ["old.pt", [0x80, 2, 0x8a, 10], "it is a Python pickle, such as torch.save writes", "torch.load("],
    ["loads.json.gz", [0x1f, 0x8b, 8, 0], "it is compressed by gzip", "gunzip"],
    ["loads.json.zst", [0x28, 0xb5, 0x2f, 0xfd], "it is compressed by zstd", "unzstd"],
  ])("%s is told by its beginning, and its hint says how to make text of it", (name, bytes, reason, hint) => {
    const read = readLoadsFile(fileOf(name, Uint8Array.from(bytes)));
    expect(read).toMatchObject({ place: "the file", reason });
    expect("hint" in read && read.hint).toContain(hint);
  });

  it("names the byte that is no UTF-8, however far in", () => {
    const text = Buffer.from(`[[1, 2, "${"é".repeat(2 ** 20)}`);
    const path = fileOf("latin.json", Buffer.concat([text, Buffer.from([0xe9, 0x20])]));
    expect(faultIn(path)).toBe(
      `byte ${String(text.length)}: it begins no UTF-8 character, so the file is no UTF-8 text`,
    );
  });

  it("names a character that the file ends in", () => {
    const path = fileOf("cut.json", Buffer.from('[[1, "é').subarray(0, 7));
    expect(faultIn(path)).toContain("byte 6: it begins no UTF-8 character");
  });
});

describe("a path", () => {
  it.each<readonly [string, string]>([
    ["missing.json", "the path: there is no such file"],
    [".", "the path: it is a folder, not a file"],
    ["", "the path: it is a folder, not a file"],
    ["a\0b", "the path: the name holds a zero byte"],
  ])("%j is none of a file", (name, fault) => {
    expect(faultIn(join(folder, name))).toBe(fault);
  });

  it("may be of a file that is empty, or has nothing but space", () => {
    expect(faultIn(fileOf("empty.json", ""))).toBe("the file: it is empty");
    expect(faultIn(fileOf("space.json", " \n\n"))).toBe("the file: it is empty");
  });
});

describe("a trace of many steps", () => {
  const STEPS = 1000;
  const TOKENS = 40;
  const line = (step: number, layer: number): string =>
    JSON.stringify({
      step,
      layer,
      top_indices: Array.from({ length: TOKENS }, (_, token) => [
        (step + token) % 8,
        (step + token + 1 + layer) % 8,
      ]),
    });
  const lines = Array.from({ length: STEPS }, (_, step) => [line(step, 0), line(step, 1)]).flat();
  const trace = loadsOf(parseLoads(lines.join("\n")));

  it("becomes at most 64 windows, of equally many steps but the last, and loses no token", () => {
    expect(trace.windows).toHaveLength(63);
    const tokens = trace.windows.map((window) => window[0]!.reduce((sum, load) => sum + load, 0) / 2);
    expect(tokens.slice(0, -1).every((each) => each === 16 * TOKENS)).toBe(true);
    expect(tokens.reduce((sum, each) => sum + each, 0)).toBe(STEPS * TOKENS);
  });

  it("keeps at most 8192 tokens of a layer, evenly, and the same ones for all layers", () => {
    const [first, second] = trace.tokens!;
    const seen = first!.length / 2;
    expect(seen).toBe(5000);
    for (let token = 0; token < seen; token++) {
      // Every eighth token of the stream, whose step and place give its experts.
      const [step, place] = [Math.floor((8 * token) / TOKENS), (8 * token) % TOKENS];
      expect([first![2 * token], second![2 * token]]).toEqual([(step + place) % 8, (step + place) % 8]);
    }
  });

  it("is the same whatever the order of its steps, but for the tokens that are kept", () => {
    const turned = loadsOf(parseLoads([...lines].reverse().join("\n")));
    expect(turned.windows).toEqual(trace.windows);
  });
});

// How weft place and its Node API name what is wrong: options as they were typed, limits, files by their paths, lines from 1.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeExperts, type PlaceExpertsOptions } from "../../src/index.js";
import { emptyFolder, weft } from "./weft.js";

const input = "[[1, 2, 3, 4]]";
const small = ["place", "-", "--gpus", "2", "--nodes", "1", "--slots", "4", "--top-k", "1"];

describe("weft place names", () => {
  it.each([
    [["--gpus", "65537"], "from 1 to 65536"],
    [["--slots", "1048577"], "from 1 to 1048576"],
    [["--budget", "1001"], "at most 1000"],
    [["--gpu-slots", "1048576,1"], "at most 1048576"],
    [["--window", "foo"], "mean, worst or the number of a window"],
    [["--window", "3"], "the loads have one window, number 0"],
  ])("the limit that %s is beyond, as a fault of the command line", (args, said) => {
    const ran = weft([...small, ...args], { input });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(said);
  });

  it.each([
    [["--pin", "0=2"], /--pin 0=2: there is no GPU 2/],
    [["--exclude", "7"], /--exclude 7: there is no GPU 7/],
    [["--exclude", "0,1"], /--exclude: no GPU is left/],
    [["--gpu-slots", "4"], /--gpu-slots: it has 1 number/],
    [["--slots", "1", "--experts", "4"], /slots: /],
    [
      ["--groups", "2", "--groups-on-nodes", "--pin", "0=0,1=1", "--nodes", "2", "--top-groups", "2"],
      /--pin|leave out --groups-on-nodes/,
    ],
  ])("options rather than fields of a file, with %s", (args, said) => {
    const ran = weft([...small, ...args], { input });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).toContain("--> command line");
    expect(ran.stderr).not.toMatch(/pinned\[|gpus\.|"excluded"|"priced"/);
  });

  it("fields of the file where the file has them", () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, "c.json"),
      '{ "pinned": [{ "expert": 1, "gpu": 9 }], "gpus": { "slots": [2, 2] } }',
    );
    const args = ["place", "-", "--gpus", "2", "--nodes", "1", "--top-k", "1", "--constraints", "c.json"];
    const ran = weft([...args, "--pin", "0=8"], { cwd: folder, input });
    expect(ran.stderr).toMatch(/pinned\[0\]\.gpu: there is no GPU 9[^]*--> c\.json/);
    expect(ran.stderr).toMatch(/--pin 0=8: there is no GPU 8[^]*--> command line/);
  });

  it("files of one name by the paths that were typed", () => {
    const folder = emptyFolder();
    for (const day of ["monday", "tuesday"]) mkdirSync(join(folder, day));
    writeFileSync(join(folder, "monday/loads.json"), input);
    writeFileSync(join(folder, "tuesday/loads.json"), "[[1, 2, 3, -4]]");
    const paths = ["monday", "tuesday"].map((day) => join(folder, day, "loads.json"));
    const ran = weft(["place", ...paths, ...small.slice(2)]);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`${paths[1]!}, layer 0, expert 3`);
  });

  it("lines of JSONL from 1, also where there is but one", () => {
    const record = { layer: 0, num_tokens: 1, topk: 1, top_indices: [[-7]] };
    for (const [before, line] of [
      ["", 1],
      ["\n", 2],
      [`${JSON.stringify({ ...record, top_indices: [[3]] })}\n`, 2],
    ] as const)
      expect(weft(small, { input: `${before}${JSON.stringify(record)}\n` }).stderr).toContain(
        `line ${String(line)}`,
      );
  });
});

describe("placeExperts", () => {
  const good = { loads: [[[1, 2, 3, 4]]], gpus: 2, nodes: 1, slots: 4, topK: 1 };
  const given = (options: object): PlaceExpertsOptions => options as PlaceExpertsOptions;

  it.each([
    [{}, "loads is to be a list"],
    [{ ...good, loads: "loads.json" }, "loads is to be a list"],
    [{ ...good, gpus: -1 }, "gpus is to be a whole number from 1 to 65536, not -1"],
    [{ ...good, nodes: "2" }, "nodes is to be"],
    [{ ...good, slots: 2.5 }, "slots is to be"],
    [{ ...good, effort: 1001 }, "effort is to be"],
    [{ ...good, pins: [{ expert: 1 }] }, "pins is to be"],
    [{ ...good, window: "best" }, "window is to be"],
    [{ ...good, moves: {} }, "moves is to be"],
  ])("refuses %j by a TypeError that names the option", async (options, said) => {
    const refused = placeExperts(given(options));
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(said);
  });

  it("tells by diagnostics what options say of each other, and of loads that are none", async () => {
    const codesOf = async (options: object): Promise<readonly string[]> =>
      (await placeExperts(given({ ...good, ...options }))).diagnostics.sorted().map(({ code }) => code);
    expect(await codesOf({})).toEqual([]);
    expect(await codesOf({ slots: undefined })).toEqual(["impossible-placement"]);
    expect(await codesOf({ loads: [[["x"]]] })).toEqual(["malformed-placement-input"]);
  });
});

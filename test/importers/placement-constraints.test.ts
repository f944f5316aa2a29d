// The file of placement constraints: what it may hold, and what is said of the rest.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConstraints } from "../../src/importers/placement-constraints.js";

describe("placement constraints", () => {
  it("are read in full", () => {
    const text = `{ "groups": "hard", "pinned": [{ "expert": 12, "gpu": 3 }],
      "gpus": { "slots": [9, 9, 8], "excluded": [7], "speeds": { "5": 0.5 }, "memory_bytes": 12e9 } }`;
    expect(parseConstraints(text)).toEqual({
      groups: "hard",
      pinned: [{ expert: 12, gpu: 3 }],
      gpus: { slots: [9, 9, 8], excluded: [7], speeds: new Map([[5, 0.5]]), memoryBytes: 12e9 },
    });
  });
  it("are read as FORMATS.md shows them", () => {
    const formats = readFileSync(new URL("../../src/importers/loads/FORMATS.md", import.meta.url), "utf8");
    const [, example = ""] = /## Constraints[^`]*`[^]*?```json\n([^]*?)```/.exec(formats) ?? [];
    expect(parseConstraints(example)).toMatchObject({
      ...{ groups: "hard", pinned: [{ expert: 12, gpu: 3 }] },
      gpus: { slots: [9, 9, 8, 10], excluded: [2], speeds: new Map([[1, 0.5]]), memoryBytes: 12e9 },
    });
  });
  it("may be none", () => {
    expect(parseConstraints("{}")).toEqual({ pinned: [], gpus: {} });
  });
  it("may give each GPU its own memory", () => {
    expect(parseConstraints('{ "gpus": { "memory_bytes": [1e9, 2e9] } }')).toMatchObject({
      gpus: { memoryBytes: [1e9, 2e9] },
    });
  });

  it.each([
    ["groups: hard", "the file", "it is not JSON"],
    ["[]", "the file", "it is []"],
    ['{ "pins": [] }', "the file", 'it has no "pins"'],
    ['{ "groups": "soft" }', "groups", 'it is "soft"'],
    ['{ "pinned": {} }', "pinned", "it is {}"],
    ['{ "pinned": [{ "expert": 1 }] }', "pinned[0].gpu", "it is missing"],
    ['{ "pinned": [{ "expert": 1.5, "gpu": 0 }] }', "pinned[0].expert", "it is 1.5"],
    ['{ "pinned": [{ "expert": 1, "gpu": 0, "node": 1 }] }', "pinned[0]", 'it has no "node"'],
    ['{ "gpus": { "slots": [1, -1] } }', "gpus.slots[1]", "it is -1"],
    ['{ "gpus": { "excluded": 7 } }', "gpus.excluded", "it is 7"],
    ['{ "gpus": { "speeds": [1] } }', "gpus.speeds", "it is [1]"],
    ['{ "gpus": { "speeds": { "x": 1 } } }', "gpus.speeds", '"x" is no number of a GPU'],
    ['{ "gpus": { "speeds": { "5": 2 } } }', "gpus.speeds.5", "it is 2"],
    ['{ "gpus": { "memory_bytes": 1e999 } }', "gpus.memory_bytes", "it is Infinity"],
    ['{ "gpus": { "memory_bytes": [1, "2"] } }', "gpus.memory_bytes[1]", 'it is "2"'],
  ])("%s: %s is named", (text, place, reason) => {
    expect(parseConstraints(text)).toMatchObject({ place, reason });
  });
});

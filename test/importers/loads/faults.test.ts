// Inputs that are no loads: each is refused with the place and the way out, and none ends the compiler.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFault, parseLoads } from "../../../src/importers/loads/index.js";
import { faultOf, fixture } from "./reading.js";

const faultIn = (text: string): string => faultOf(parseLoads(text));

describe("a text that is not JSON names where it breaks", () => {
  it.each<readonly [string, string]>([
    ["[[1, 2], [3, 4]", "the end of the file: it ends with 1 bracket open"],
    ["[[1, 2], [3,", "the end of the file: it ends with 2 brackets open"],
    ["[[1, 2],\n [3 4]]", 'line 2, column 5: it is not JSON: it has "4" instead of "," or the end'],
    ["[[1, 2], [3, x]]", 'line 1, column 14: it is not JSON: it has "x"'],
    ["[[1, 2], [3, 4,]]", 'line 1, column 16: it is not JSON: it has "]" instead of a value'],
    ["[[1, 02]]", 'line 1, column 6: it is not JSON: it has "02"'],
    ["[[1, .5]]", 'line 1, column 6: it is not JSON: it has ".5"'],
    ["[[1, 2]] [3]", 'line 1, column 10: it is not JSON: it has "[" instead of nothing more'],
    ['{"logical_count" [[1]]}', 'line 1, column 18: it is not JSON: it has "[" instead of ":"'],
    ["{logical_count: [[1]]}", 'line 1, column 2: it is not JSON: it has "logical_count"'],
    ["layer,expert\n0,1", 'line 1, column 1: it is not JSON: it has "layer"'],
    [`${"[".repeat(40)}1${"]".repeat(40)}`, "line 1, column 33: lists lie in lists, more than 32 deep"],
    ["[".repeat(3_000_000), "line 1, column 33: lists lie in lists"],
    [`[${"[],".repeat(2 ** 22)}[]]`, "the file: it holds more than 4194304 lists"],
  ])("%.20s", (text, fault) => {
    expect(faultIn(text)).toContain(fault);
  });
});

describe("JSON that holds no loads", () => {
  it.each<readonly [string, string]>([
    ["", "the file: it is empty"],
    ["null", "the file: it is null, and no loads"],
    ["12", "the file: it is 12, and no loads"],
    ["{}", "the file: it holds no loads that Weft knows"],
    ['{"tokens": 3}', "the file: it holds no loads that Weft knows, only tokens"],
  ])("%s", (text, fault) => {
    expect(faultIn(text)).toBe(fault);
  });
});

const line = (record: Record<string, unknown>): string => JSON.stringify({ step: 0, layer: 3, ...record });
const good = line({ top_indices: [[0, 1]] });

describe("a trace is refused", () => {
  it.each<readonly [string, readonly string[], string]>([
    ["with a broken line", [good, '{"step": 0, "layer"'], "line 2, its end: it ends with 1 bracket open"],
    ["with a line that is no record", [good, "[1]"], "line 2: it is a list, not an object"],
    [
      "with a line without choices",
      [good, line({ num_tokens: 3 })],
      "line 2: it has neither choices nor loads",
    ],
    ["with a line without a layer", [good, '{"top_indices": [[1]]}'], "line 2: it names no layer"],
    ["with a layer that is none", [good, line({ layer: -1, top_indices: [[1]] })], "line 2, layer: it is -1"],
    ["with a step that is none", [good, line({ step: 1.5, top_indices: [[1]] })], "line 2, step: it is 1.5"],
    [
      "with fewer choices than it says",
      [good, line({ num_tokens: 2, top_indices: [[1, 2]] })],
      "line 2: its num_tokens is 2",
    ],
    ["with an expert below -1", [good, line({ top_indices: [[1, -2]] })], "line 2, token 0: it chooses -2"],
    [
      "with an expert that is no number",
      [good, line({ top_indices: [[1, "2"]] })],
      'line 2, token 0: it chooses "2"',
    ],
    [
      "with an expert beyond any model",
      [good, line({ top_indices: [[1, 2 ** 40]] })],
      "line 2, token 0: it chooses",
    ],
    [
      "with an expert beyond its own",
      [good, line({ num_experts: 2, top_indices: [[1, 2]] })],
      "line 2, token 0: it chooses 2, and experts are 0 to 1",
    ],
    [
      "with an expert chosen twice",
      [good, line({ top_indices: [[5, 5]] })],
      "line 2, token 0: it chooses expert 5 twice",
    ],
    [
      "with tokens of unlike choices",
      [good, line({ top_indices: [[1, 2], [3]] })],
      "line 2, token 1: it chooses 1 experts, and token 0 chooses 2",
    ],
    ["with a negative load", [good, line({ counts: [1, -2] })], "line 2, expert 1: it is negative, -2"],
    [
      "with a load that is no number",
      [good, line({ counts: [1, null] })],
      "line 2, expert 1: it is null, not a number",
    ],
    [
      "with loads whose sum is too great",
      [line({ counts: [9e299] }), line({ counts: [9e299] })],
      "step 0, layer 3, expert 0: it is 1.8e+300",
    ],
    [
      "in which a step lacks a layer",
      [good, line({ layer: 4, top_indices: [[0, 1]] }), line({ step: 1, top_indices: [[0, 1]] })],
      "step 1, layer 4: there is no record of it",
    ],
    [
      "with lines of another tool",
      [good, '{"record_type": "eplb_load_stats"}'],
      "line 2: it is no record like those before it",
    ],
    [
      "in which no line has loads",
      ['{"record_type": "a"}', '{"record_type": "b"}'],
      "the file: no line of it holds loads",
    ],
  ])("%s", (_, lines, fault) => {
    expect(faultIn(lines.join("\n"))).toContain(fault);
  });
});

describe("a dump of SGLang or vLLM is refused", () => {
  const changed = (name: string, from: string | RegExp, to: string): string =>
    fixture(name).replace(from, to);
  it.each<readonly [string, string, string]>([
    [
      "with a negative count",
      changed("sglang-stat.json", "125", "-125"),
      "step 0, layer 2, expert 3: it is negative, -125",
    ],
    [
      "with a step that lacks a layer",
      changed("sglang-stat.json", ", [50, 50, 50, 50]", ""),
      "step 1, layer 2: the step has 2 layers",
    ],
    [
      "without its map",
      changed("vllm-window.json", /,\s*"physical_to_logical_map.*\n/, ""),
      "expert_load_window: there is no physical_to_logical_map",
    ],
    [
      "with a map of other slots",
      changed("vllm-window.json", "3, 0, 1], [", "3, 0], ["),
      "physical_to_logical_map, layer 1: it has 6 slots, and layer 0 has 5",
    ],
    [
      "with a map of fewer layers",
      changed("vllm-window.json", /, \[0, 2.*\]\]/, "]"),
      "step 0, layer 1: the map from slots to experts has only 1 layer",
    ],
    [
      "with a map to no expert",
      changed("vllm-window.json", "[[0, 1, 2", "[[0, 1.5, 2"),
      "physical_to_logical_map, layer 0, slot 1: it is 1.5",
    ],
    [
      "with tokens in slots that are none",
      changed("sglang-per-token.json", "[4, 2", "[6, 2"),
      "record 0, layer 1, token 0: it chooses 6",
    ],
    [
      "with counts of fewer slots",
      changed("sglang-per-pass.json", "4, 5, 6]", "4, 5]"),
      "record 1, layer 0: it has 5 loads, and the map from slots to experts has 6 slots",
    ],
    [
      "with records that are none",
      changed("sglang-per-pass.json", '"forward_pass_id": 8', '"forward_pass_id": "8"'),
      'record 1, forward_pass_id: it is "8"',
    ],
  ])("%s", (_, text, fault) => {
    expect(faultIn(text)).toContain(fault);
  });
});

describe("anything at all is read or refused", () => {
  const judge = (text: string): void => {
    const read = parseLoads(text);
    if (isFault(read)) {
      expect(read.place).not.toBe("");
      expect(read.reason).not.toBe("");
      expect(read.hint.endsWith(".") || read.hint.endsWith('"')).toBe(true);
      return;
    }
    const [first] = read.windows;
    for (const window of read.windows)
      for (const row of window) {
        expect(row).toHaveLength(first![0]!.length);
        expect(row.every((load) => load >= 0 && load <= 1e300)).toBe(true);
      }
  };

  it("as text", () => {
    fc.assert(fc.property(fc.string(), judge), { numRuns: 300 });
  });

  it("as JSON", () => {
    fc.assert(fc.property(fc.json(), judge), { numRuns: 300 });
  });

  it("as fixtures with something in them replaced", () => {
    const names = [
      "router_trace.jsonl",
      "sglang-per-token.json",
      "vllm-window.json",
      "vllm-stats.jsonl",
      "windows.json",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names.map(fixture)),
        fc.nat(),
        fc.nat(12),
        fc.constantFrom("", "-1", "[]", "null", "1e999", '"x"', "{}", ",", "NaN", "\n"),
        (text, at, length, put) => {
          const from = at % text.length;
          judge(text.slice(0, from) + put + text.slice(from + length));
        },
      ),
      { numRuns: 600 },
    );
  });
});

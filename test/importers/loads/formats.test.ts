// What other systems write, read from a fixture of each shape that is accepted.
import { describe, expect, it } from "vitest";
import { parseLoads, readLoadsFile } from "../../../src/importers/loads/index.js";
import { fixture, fixturePath, loadsOf } from "./reading.js";

const read = (name: string) => loadsOf(parseLoads(fixture(name)));
const TWO_WINDOWS = [
  [
    [120, 40, 30, 10],
    [25, 25, 25, 125],
  ],
  [
    [100, 60, 20, 20],
    [50, 50, 50, 50],
  ],
];

describe("Megatron's router trace", () => {
  const trace = read("router_trace.jsonl");

  it("counts the choices of each step and layer, multi-token prediction behind the decoder", () => {
    expect(trace.format).toBe("megatron");
    expect(trace.windows).toEqual([
      [
        [3, 1, 1, 1],
        [0, 3, 2, 1],
        [0, 0, 1, 1],
      ],
      [
        [0, 1, 1, 0],
        [1, 1, 0, 0],
        [0, 0, 1, 1],
      ],
    ]);
  });

  it("gives the tokens that it saw", () => {
    expect(trace.topK).toBe(2);
    expect(trace.tokens?.map((each) => [...each])).toEqual([
      [0, 1, 0, 2, 3, 0, 2, 1],
      [1, 2, 1, 3, 1, 2, 0, 1],
      [2, 3, 3, 2],
    ]);
  });

  it("may show fewer experts than there are", () => {
    const text = '{"layer": 0, "top_indices": [[0], [1]]}\n{"layer": 0, "top_indices": [[1]]}\n';
    expect(loadsOf(parseLoads(text)).windows).toEqual([[[1, 2]]]);
    expect(loadsOf(parseLoads(text, { experts: 4 })).windows).toEqual([[[1, 2, 0, 0]]]);
    expect(loadsOf(parseLoads(text.replace("{", '{"num_experts": 3, '))).windows).toEqual([[[1, 2, 0]]]);
  });

  it("may have loads for choices, and its records may come as one list", () => {
    expect(read("tokens_per_expert.jsonl")).toEqual({ format: "megatron", windows: TWO_WINDOWS });
    const list = `[${fixture("tokens_per_expert.jsonl").trim().split("\n").join(",")}]`;
    expect(parseLoads(list)).toEqual(parseLoads(fixture("tokens_per_expert.jsonl")));
  });

  it("may have the loads of all layers in a line", () => {
    const text =
      '{"step": 0, "tokens_per_expert": [[1, 2], [3, 4]]}\n{"step": 1, "tokens_per_expert": [[5, 6], [7, 8]]}';
    expect(loadsOf(parseLoads(text)).windows).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
  });
});

describe("a dump of SGLang's recorder", () => {
  it("has the counts of each step, dense layers with none; steps that were not recorded are left out", () => {
    expect(read("sglang-stat.json")).toEqual({
      format: "sglang",
      windows: TWO_WINDOWS.map((window) => [[0, 0, 0, 0], ...window]),
    });
  });

  it("by pass has the counts of slots, which are summed to experts", () => {
    expect(read("sglang-per-pass.json")).toEqual({
      format: "sglang",
      windows: [[[11, 20, 30, 5]], [[6, 8, 3, 4]]],
    });
  });

  it("by token has the slots that each token chose", () => {
    const { windows, topK, tokens } = read("sglang-per-token.json");
    expect(windows).toEqual([
      [
        [0, 0, 0, 0],
        [1, 1, 1, 1],
      ],
    ]);
    expect(topK).toBe(2);
    expect(tokens?.map((each) => [...each])).toEqual([[], [1, 2, 3, 0]]);
  });
});

describe("what vLLM records", () => {
  const windows = [
    [
      [11, 20, 30, 5],
      [3, 1, 1, 1],
    ],
    [
      [6, 8, 3, 4],
      [6, 2, 2, 2],
    ],
  ];

  it("is the window of loads of slots, with the experts that live in them", () => {
    expect(read("vllm-window.json")).toEqual({ format: "vllm", windows });
  });

  it("may be the last pass alone, or loads of experts, which need no map", () => {
    const map = '"physical_to_logical_map": [[0, 1, 0]]';
    expect(parseLoads(`{"expert_load_pass": [[1, 2, 3]], ${map}}`)).toEqual({
      format: "vllm",
      windows: [[[4, 2]]],
    });
    expect(parseLoads('{"global_expert_load": [[4, 2]]}')).toEqual({ format: "vllm", windows: [[[4, 2]]] });
    expect(parseLoads(`{"global_expert_load": [[4, 2]], ${map}}`)).toEqual({
      format: "vllm",
      windows: [[[4, 2]]],
    });
  });

  it("may be lines of statistics, each with the map of its step", () => {
    const stats = read("vllm-stats.jsonl");
    expect(stats.format).toBe("vllm");
    expect(stats.windows[0]).toEqual(windows[0]);
    expect(stats.windows[1]).toEqual([
      [1, 2, 3, 15],
      [6, 2, 2, 2],
    ]);
  });
});

describe("a file", () => {
  it.each([
    "matrix.json",
    "windows.json",
    "router_trace.jsonl",
    "tokens_per_expert.jsonl",
    "sglang-stat.json",
    "sglang-per-pass.json",
    "sglang-per-token.json",
    "vllm-window.json",
    "vllm-stats.jsonl",
  ])("%s gives the same as its text", (name) => {
    expect(readLoadsFile(fixturePath(name))).toEqual(loadsOf(parseLoads(fixture(name))));
  });
});

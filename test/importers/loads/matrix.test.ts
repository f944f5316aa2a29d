// Loads as JSON matrices: what is read, and the place of what is not.
import { describe, expect, it } from "vitest";
import { isFault, parseLoads } from "../../../src/importers/loads/index.js";

const windowsOf = (text: string): unknown => {
  const read = parseLoads(text);
  return isFault(read) ? read : read.windows;
};
const placeOf = (text: string): string => {
  const read = parseLoads(text);
  return isFault(read) ? `${read.place}: ${read.reason}` : "read";
};

describe("a JSON matrix", () => {
  it("is one window", () => {
    expect(parseLoads("[[1, 2.5, 0], [0, 1e9, 4]]")).toEqual({
      format: "matrix",
      windows: [
        [
          [1, 2.5, 0],
          [0, 1e9, 4],
        ],
      ],
    });
  });

  it("may have layers that no token chose anything in", () => {
    expect(windowsOf("[[0, 0], [0, 0]]")).toEqual([
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it("may come once for each window", () => {
    expect(parseLoads("[[[1, 2]], [[3, 4]], [[5, 6]]]")).toEqual({
      format: "windows",
      windows: [[[1, 2]], [[3, 4]], [[5, 6]]],
    });
  });
});

describe("many windows", () => {
  it("are kept up to 64, and beyond that summed to fewer", () => {
    const windows = (count: number): string =>
      JSON.stringify(Array.from({ length: count }, (_, at) => [[at, 1]]));
    expect(windowsOf(windows(64))).toHaveLength(64);
    expect(parseLoads(windows(65))).toEqual({
      format: "windows",
      stepsPerWindow: 2,
      windows: Array.from({ length: 33 }, (_, at) => [at === 32 ? [64, 1] : [4 * at + 1, 2]]),
    });
  });
});

describe("a matrix is refused", () => {
  it.each<readonly [string, string, string]>([
    ["that is empty", " \n", "the file: it is empty"],
    ["without a layer", "[]", "the file: a list with a row for each layer has nothing in it"],
    ["without an expert", "[[1], []]", "layer 1: a list with a number for each expert has nothing in it"],
    ["without an expert anywhere", "[[], []]", "layer 0: "],
    ["without rows", "[1, 2]", "layer 0: it is 1, not a list"],
    ["with a negative load", "[[1, 2], [3, -4]]", "layer 1, expert 1: it is negative, -4"],
    ["with a load that Python calls nan", "[[1, 2], [NaN, 4]]", "layer 1, expert 0: it is NaN"],
    ["with a load that Python calls infinite", "[[1, -Infinity]]", "layer 0, expert 1: it is -Infinity"],
    ["with a load beyond numbers", "[[1, 1e999]]", "layer 0, expert 1: it is Infinity"],
    ["with a load whose sums are beyond numbers", "[[1e308, 1]]", "layer 0, expert 0: it is 1e+308"],
    ["with a missing load", "[[1, null]]", "layer 0, expert 1: it is null, not a number"],
    ["with a load in words", '[[1, "2"]]', 'layer 0, expert 1: it is "2", not a number'],
    ["that is ragged", "[[1, 2], [3, 4], [5]]", "layer 2: it has 1 expert, and layer 0 has 2"],
    [
      "that lacks a layer in a window",
      "[[[1], [2]], [[3]]]",
      "window 1, layer 1: the window has 1 layer, and window 0 has 2",
    ],
    [
      "that has other experts in a window",
      "[[[1, 2]], [[3]]]",
      "window 1: its layers have 1 expert, and those of window 0 have 2",
    ],
    ["with a window that is none", "[[[1, 2]], 7]", "window 1: it is 7"],
    ["with a wrong load in a window", "[[[1, 2]], [[3, -4]]]", "window 1, layer 0, expert 1: it is negative"],
  ])("%s", (_, text, fault) => {
    expect(placeOf(text)).toContain(fault);
  });
});

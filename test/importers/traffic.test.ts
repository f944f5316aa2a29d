// Traffic of any shape is read, and what is none is refused at its place.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  copiesOfTokens,
  isTrafficFault,
  parseTraffic,
  type Traffic,
} from "../../src/importers/traffic/index.js";

const read = (text: string): Traffic => {
  const traffic = parseTraffic(text);
  if (isTrafficFault(traffic)) throw new Error(`${traffic.place}: ${traffic.reason}`);
  return traffic;
};
const cells = (text: string): readonly number[] => [...read(text).cells];

describe("a matrix of traffic", () => {
  it.each([
    ["JSON", "[[0, 1], [2.5, 0]]"],
    ["an object", '{"bytes": [[0, 1], [2.5, 0]]}'],
    ["commas", "0,1\n2.5,0\n"],
    ["semicolons and Windows' lines", "0;1\r\n2.5;0\r\n"],
    ["tabs", "0\t1\n2.5\t0"],
    ["blanks, however many", "0   1\n 2.5 0 "],
    ["comments and blank lines", "# bytes\n\n0,1\n# more\n2.5,0"],
    ["a header", "a,b\n0,1\n2.5,0"],
    ["names of lines and columns", ",a,b\na,0,1\nb,2.5,0"],
    ["numbers of lines and columns, as pandas writes them", ",0,1\n0,0,1\n1,2.5,0"],
    ["quotation marks", '"0","1"\n"2.5","0"'],
    ["separators at the ends of lines", "0,1,\n2.5,0,"],
  ])("is read from %s", (_, text) => {
    expect(read(text)).toMatchObject({ ranks: 2, unit: "bytes" });
    expect(cells(text)).toEqual([0, 1, 2.5, 0]);
  });

  it("is the same from JSON and from CSV, whatever its numbers", () => {
    const numbers = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e15, noNaN: true }));
    const square = fc.integer({ min: 1, max: 6 }).chain((side) =>
      fc.array(fc.array(numbers, { minLength: side, maxLength: side }), {
        minLength: side,
        maxLength: side,
      }),
    );
    fc.assert(
      fc.property(square, (matrix) => {
        const csv = matrix.map((row) => row.join(",")).join("\n");
        expect(cells(csv)).toEqual(cells(JSON.stringify(matrix)));
        expect(cells(csv)).toEqual(matrix.flat().map((each) => each + 0));
      }),
      { seed: 8 },
    );
  });

  it.each([
    ["", "the file", /empty/, ""],
    ["[[0, -3], [1, 0]]", "from GPU 0 to GPU 1", /negative, -3/, "-3"],
    ["[[0, NaN], [1, 0]]", "from GPU 0 to GPU 1", /it is NaN/, "NaN"],
    ["[[0, 1e999], [1, 0]]", "from GPU 0 to GPU 1", /Infinity/, "1e999"],
    ['[[0, 1], ["x", 0]]', "from GPU 1 to GPU 0", /"x", not a number/, '"x"'],
    ["[[0, 1], [1]]", "row 1", /not square/, "[1]"],
    ["[[0, 1], 3]", "row 1", /not a list/, "3"],
    ["[]", "the matrix", /nothing in it/, "[]"],
    ["[[0, 1], [1, 0]", "the end of the file", /bracket/, ""],
    ['{"bites": [[0]]}', '"bites"', /no such field/, "[[0]]"],
    ['{"rows": [[0]], "row_bytes": 0}', "row_bytes", /not a whole number/, "0"],
    ['{"bytes": [[0]], "node_bytes": [[-1]]}', "node_bytes, from GPU 0 to node 0", /negative/, "-1"],
    ['{"tokens": [[[0, 2]], []]}', "tokens of GPU 0, token 0", /goes to 2/, "2"],
    ["0,-3\n1,0", "from GPU 0 to GPU 1", /negative, -3/, "-3"],
    ["0,1\n1,nan", "from GPU 1 to GPU 1", /NaN/, "nan"],
    ["0,1\n1,inf", "from GPU 1 to GPU 1", /inf/, "inf"],
    ["0,1\nx,0", "from GPU 1 to GPU 0", /"x", not a number/, "x"],
    ["0,,1\n1,2,3\n1,2,3", "from GPU 0 to GPU 1", /nothing stands/, ","],
    ["0,1\n1,2,3", "line 1 of the matrix", /3 numbers.*2 lines.*not square/, "1,2,3"],
    ["0;1,5\n1;0", "from GPU 0 to GPU 1", /1,5, not a number/, "1,5"],
  ])("%j is refused at its place", (text, place, reason, marked) => {
    const fault = parseTraffic(text);
    if (!isTrafficFault(fault)) throw new Error("it was read");
    expect(fault.place).toBe(place);
    expect(fault.reason).toMatch(reason);
    if (marked !== "") expect(text.slice(fault.start, fault.end)).toBe(marked);
  });

  it("refuses any text without crashing, or reads it", () => {
    const signs = fc.string({ unit: fc.constantFrom(...'[]{},:;"-.01e \n\tNa#'.split("")) });
    fc.assert(
      fc.property(signs, (text) => {
        expect(typeof parseTraffic(text)).toBe("object");
      }),
      { seed: 8, numRuns: 2000 },
    );
  });
});

describe("routed tokens", () => {
  it("have a row for each destination, and a copy for each node", () => {
    const traffic = read('{"tokens": [[[0, 3], [2, 3, 2]], [], [], []], "row_bytes": 8}');
    expect(traffic).toMatchObject({ unit: "rows", rowBytes: 8 });
    expect([...traffic.cells.subarray(0, 4)]).toEqual([1, 0, 1, 2]);
    if (traffic.shared?.kind !== "tokens") throw new Error("no tokens");
    expect([...copiesOfTokens(traffic.shared.tokens, 2).subarray(0, 2)]).toEqual([1, 2]);
  });

  it("go where their experts are", () => {
    const experts = '"experts": [[[0, 3]], [[1]]]';
    expect(cells(`{${experts}, "num_experts": 4}`)).toEqual([1, 1, 1, 0]);
    expect(cells(`{${experts}, "expert_rank": [1, 1, 0, 0]}`)).toEqual([1, 1, 0, 1]);
  });

  it("of several layers of a router trace are means", () => {
    const line = (layer: number, rank: number, chosen: number): string =>
      JSON.stringify({ step: 0, layer, rank, num_experts: 4, top_indices: [[chosen]] });
    expect(cells([line(0, 0, 0), line(0, 1, 1), line(1, 0, 2), line(1, 1, 3)].join("\n"))).toEqual([
      0.5, 0.5, 0.5, 0.5,
    ]);
  });
});

// Arrays of NumPy as loads.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readLoadsFile } from "../../../src/importers/loads/index.js";
import { faultOf, loadsOf } from "./reading.js";

const folder = mkdtempSync(join(tmpdir(), "weft-npy-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What numpy.save writes; the header is filled up as NumPy does it. */
function npy(numbers: Uint8Array, shape: string, descr = "'<f8'", order = "False", version = 1): string {
  const dict = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const before = version === 1 ? 10 : 12;
  const header = `${dict.padEnd(64 * Math.ceil((before + dict.length + 1) / 64) - before - 1)}\n`;
  const length = Buffer.alloc(before - 8);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const path = join(folder, "loads.npy");
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from([0x93, ...Buffer.from("NUMPY"), version, 0]),
      length,
      Buffer.from(header),
      numbers,
    ]),
  );
  return path;
}
const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const SIX = [1, 2, 3, 4, 5, 6];
const MATRIX = {
  format: "matrix",
  windows: [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
};

describe("an array of NumPy", () => {
  it.each<readonly [string, ArrayBufferView]>([
    ["<f8", Float64Array.from(SIX)],
    ["<f4", Float32Array.from(SIX)],
    ["<i8", BigInt64Array.from(SIX.map(BigInt))],
    ["<u8", BigUint64Array.from(SIX.map(BigInt))],
    ["<i4", Int32Array.from(SIX)],
    ["<u4", Uint32Array.from(SIX)],
    ["<i2", Int16Array.from(SIX)],
    ["<u2", Uint16Array.from(SIX)],
    ["|i1", Int8Array.from(SIX)],
    ["|u1", Uint8Array.from(SIX)],
  ])("of %s is a matrix", (descr, array) => {
    expect(readLoadsFile(npy(bytesOf(array), "(2, 3)", `'${descr}'`))).toEqual(MATRIX);
  });

  it("may have Fortran's order, and a header of another version", () => {
    const columns = bytesOf(Float64Array.from([1, 4, 2, 5, 3, 6]));
    expect(readLoadsFile(npy(columns, "(2, 3)", "'<f8'", "True", 2))).toEqual(MATRIX);
  });

  it("of three axes has windows", () => {
    expect(loadsOf(readLoadsFile(npy(bytesOf(Float64Array.from(SIX)), "(3, 1, 2)"))).windows).toEqual([
      [[1, 2]],
      [[3, 4]],
      [[5, 6]],
    ]);
  });
});

describe("an array of NumPy is refused", () => {
  const six = bytesOf(Float64Array.from(SIX));
  it.each<readonly [string, () => string, string]>([
    ["of one axis", () => npy(six, "(6,)"), "the file: its shape is (6,), not of two or three axes"],
    [
      "of no number",
      () => npy(six.subarray(0, 0), "(0, 3)"),
      "the file: a list with a row for each layer has nothing in it",
    ],
    ["of records", () => npy(six, "(2, 3)", "[('a', '<f8')]"), 'the file: its numbers are of the type ""'],
    ["of half precision", () => npy(six, "(2, 3)", "'<f2'"), 'the file: its numbers are of the type "<f2"'],
    [
      "of another byte order",
      () => npy(six, "(2, 3)", "'>f8'"),
      'the file: its numbers are of the type ">f8"',
    ],
    [
      "that is cut short",
      () => npy(six.subarray(0, 40), "(2, 3)"),
      "the file: it has 40 bytes of numbers, and its shape needs 48",
    ],
    [
      "that is too large",
      () => npy(six, "(1000000, 1000000)"),
      "the file: it holds more than 33554432 values",
    ],
    [
      "with a load that is none",
      () => npy(bytesOf(Float64Array.from([1, 2, 3, NaN])), "(2, 2)"),
      "layer 1, expert 1: it is NaN",
    ],
    [
      "with a negative load",
      () => npy(bytesOf(Float64Array.from([1, 2, -3, 4])), "(2, 2)"),
      "layer 1, expert 0: it is negative, -3",
    ],
  ])("%s", (_, path, fault) => {
    expect(faultOf(readLoadsFile(path()))).toBe(fault);
  });

  it("that ends within its header", () => {
    const path = join(folder, "short.npy");
    for (const length of [6, 9, 20]) {
      writeFileSync(
        path,
        Buffer.from([
          0x93,
          ...Buffer.from("NUMPY"),
          1,
          0,
          118,
          0,
          ...new Array<number>(10).fill(32),
        ]).subarray(0, length),
      );
      expect(faultOf(readLoadsFile(path))).toBe("the file: it ends within its header");
    }
  });
});

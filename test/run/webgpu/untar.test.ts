import { expect, it } from "vitest";
import { untar } from "../../../src/run/webgpu/untar.js";

/** A ustar member: a header block and the data, padded to blocks. */
function member(name: string, data: string, type = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(data.length.toString(8).padStart(11, "0"), 124);
  header.write(type, 156);
  header.write("ustar\0" + "00", 257);
  return Buffer.concat([header, Buffer.alloc(Math.ceil(data.length / 512) * 512, data)]);
}
const end = Buffer.alloc(1024);

it("gives each file's bytes by name, whatever its size", () => {
  const contents = {
    "empty.json": "",
    "short.so": "abc",
    "block.so": "x".repeat(512),
    "long.so": "y".repeat(700),
  };
  const archive = Buffer.concat([...Object.entries(contents).map(([name, data]) => member(name, data)), end]);
  const files = untar(archive);
  expect([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual(
    Object.entries(contents),
  );
});

it("passes over folders and links", () => {
  const archive = Buffer.concat([member("lib/", "", "5"), member("alias", "", "2"), member("a", "1"), end]);
  expect([...untar(archive).keys()]).toEqual(["a"]);
});

it("reads a name that fills its field", () => {
  const name = "n".repeat(100);
  expect([...untar(Buffer.concat([member(name, "1"), end])).keys()]).toEqual([name]);
});

it("refuses an archive that ends within a file", () => {
  const archive = member("cut.so", "z".repeat(600));
  expect(() => untar(archive.subarray(0, 1024))).toThrow(/damaged/);
});

it("refuses a size that is no number", () => {
  const archive = member("bad.so", "zz");
  archive.fill("?", 124, 135);
  expect(() => untar(archive)).toThrow(/damaged/);
});

// Loads as an array of NumPy: what numpy.save writes of [layer][expert] or [window][layer][expert]. The format is that of
// numpy.lib.format: magic, version, length of a header that is a Python dict, the header, the numbers.
import { counted, Unreadable } from "./fault.js";
import type { ReadLoads } from "./loads.js";
import { readMatrix } from "./matrix.js";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** As many as JSON may have. */
const MOST_VALUES = 2 ** 25;
const HINT =
  "Save tokens[layer][expert] or tokens[window][layer][expert] as integers or floats: numpy.save('loads.npy', tokens.astype('float64')).";

/** How a number of each type is read, little-endian. */
const TYPES: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at) => view.getInt16(at, true),
  u2: (view, at) => view.getUint16(at, true),
  i4: (view, at) => view.getInt32(at, true),
  u4: (view, at) => view.getUint32(at, true),
  i8: (view, at) => Number(view.getBigInt64(at, true)),
  u8: (view, at) => Number(view.getBigUint64(at, true)),
  f4: (view, at) => view.getFloat32(at, true),
  f8: (view, at) => view.getFloat64(at, true),
};

/** Whether a file that begins so is an array of NumPy. */
export const isNpy = (begin: Uint8Array): boolean => MAGIC.every((byte, at) => begin[at] === byte);

export function readNpy(bytes: Buffer): ReadLoads {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Versions after the first have four bytes for the header's length.
  const from = bytes[6] === 1 ? 10 : 12;
  if (bytes.length < from) refuse("it ends within its header");
  const begin = from + (bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (begin > bytes.length) refuse("it ends within its header");
  const { read, width, shape, isFortran } = headerOf(bytes.toString("latin1", from, begin));
  const values = shape.reduce((product, each) => product * each, 1);
  if (values > MOST_VALUES) refuse(`it holds more than ${String(MOST_VALUES)} values`);
  if (bytes.length - begin !== values * width)
    refuse(
      `it has ${counted(bytes.length - begin, "byte")} of numbers, and its shape needs ${String(values * width)}`,
    );
  const strides = stridesOf(shape, isFortran);
  const build = (axis: number, at: number): unknown =>
    axis === shape.length
      ? read(view, begin + at * width)
      : Array.from({ length: shape[axis]! }, (_, index) => build(axis + 1, at + index * strides[axis]!));
  const data = build(0, 0);
  return readMatrix(Array.isArray(data) ? (data as readonly unknown[]) : [data]);
}

/** [axis] numbers between neighbours along it: the last axis is dense, and in Fortran's order the first. */
function stridesOf(shape: readonly number[], isFortran: boolean): readonly number[] {
  const strides = new Array<number>(shape.length).fill(1);
  const axes = shape.map((_, axis) => (isFortran ? axis : shape.length - 1 - axis));
  let dense = 1;
  for (const axis of axes) {
    strides[axis] = dense;
    dense *= shape[axis]!;
  }
  return strides;
}

interface Header {
  readonly read: (view: DataView, at: number) => number;
  /** Bytes of a number. */
  readonly width: number;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
}

function headerOf(header: string): Header {
  const [, order, type = ""] = /'descr': *'([<|>=]?)(\w+)'/.exec(header) ?? [];
  const read = TYPES[type];
  if (read === undefined || (order === ">" && !type.endsWith("1")))
    return refuse(`its numbers are of the type ${JSON.stringify((order ?? "") + type)}`);
  const [, extents] = /'shape': *\(([\d, ]*)\)/.exec(header) ?? [];
  const shape = extents?.split(",").flatMap((each) => (each.trim() === "" ? [] : [Number(each)]));
  if (shape === undefined || (shape.length !== 2 && shape.length !== 3))
    return refuse(`its shape is (${extents ?? "?"}), not of two or three axes`);
  return { read, width: Number(type.slice(1)), shape, isFortran: /'fortran_order': *True/.test(header) };
}

function refuse(reason: string): never {
  throw new Unreadable("the file", reason, HINT);
}

// One node by itself: laid out in a flat memory as a plan would, its parts run in order on the CPU or on WebGPU, its value read back.
import type { Kernel, KernelArguments } from "../../src/operators/kernel.js";
import type {
  DenseCall,
  DenseResult,
  DenseValue,
  DimValues,
  LaunchContext,
  OperandRole,
  Operator,
  Options,
} from "../../src/operators/operator.js";
import { valueOf } from "../../src/operators/access.js";
import { GpuMemory } from "./gpu-memory.js";

/** What unwritten memory holds: as a float no number, as an integer far outside everything. */
export const POISON = 0x7fc0_dead;

export interface NodeCase {
  readonly operator: Operator;
  readonly dims: DimValues;
  readonly options: Options;
  readonly inputs: readonly DenseValue[];
  /** Of a lifted node, [slots, ...]. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** [sequences, context, width] */
  readonly states?: Readonly<Record<string, readonly number[]>>;
  /** For a lifted node: rows from each source for each slot. */
  readonly received?: readonly (readonly number[])[];
}

export interface Launch {
  readonly kernel: Kernel;
  readonly args: KernelArguments;
}

interface Prepared {
  readonly memory: Uint32Array;
  readonly launches: readonly Launch[];
  readonly read: (memory: Uint32Array) => DenseValue;
}

const floats = (values: ArrayLike<number>): Uint32Array => new Uint32Array(Float32Array.from(values).buffer);

export function rowsOfInputs([first]: readonly DenseValue[]): number {
  switch (first?.kind) {
    case "ids":
      return first.data.length;
    case "rows":
      return first.data.length / first.width;
    case "gate":
    case undefined:
      throw new Error("the first input of a case must have rows");
  }
}

/** Lays a case out, every operand in a place of its own, and gives its launches. `divide` cuts the rows of every launch in two. */
export function prepare(node: NodeCase, { divide = false } = {}): Prepared {
  const { operator, dims, options, inputs } = node;
  const rows = rowsOfInputs(inputs);
  const places = new Map<string, { at: number; data: Uint32Array }>();
  let end = 1;
  const place = (key: string, data: () => Uint32Array): number => {
    const known = places.get(key);
    if (known !== undefined) return known.at;
    const at = end;
    places.set(key, { at, data: data() });
    end += data().length + 3;
    return at;
  };
  const blank = (words: number) => () => new Uint32Array(words).fill(POISON);
  const output = operator.output([], dims);
  const outputWords = rows * valueOf(output.shape[1]!, dims);

  const wordOf = (role: OperandRole): number => {
    switch (role.kind) {
      case "input": {
        const input = inputs[role.port]!;
        const field = role.field ?? "";
        return place(`input ${role.port} ${field}`, () => {
          if (input.kind === "gate") return field === "experts" ? input.experts : floats(input.weights);
          return input.kind === "ids" ? input.data : floats(input.data);
        });
      }
      case "output":
        return place(`output ${role.field ?? ""}`, blank(outputWords));
      case "weight":
        return place(`weight ${role.weight}`, () => floats(node.weights[role.weight]!));
      case "state":
        return place(`state ${role.state}`, () => withRoom(node, role.state, rows));
      case "temporary":
        return place(`temporary ${role.temporary}`, blank(rows * valueOf(role.width(dims), dims)));
      case "segments":
        return place("segments", () => Uint32Array.from((node.received ?? []).flat()));
      case "exchange":
        throw new Error("exchanges are tested by exchange-case.ts");
    }
  };
  const exchange = node.received && {
    rank: 0,
    ranks: node.received.length,
    slots: 0,
    ownSlots: node.received[0]!.length,
    countStride: node.received[0]!.length,
    firstCount: 0,
  };
  const middle = divide ? Math.floor(rows / 2) : 0;
  const launches = operator.parts.flatMap((part) => {
    const ranges =
      part.divisible && divide ? [[0, middle] as const, [middle, rows] as const] : [[0, rows] as const];
    return ranges.map(([rowBegin, rowEnd]): Launch => {
      const context: LaunchContext = { dims, options, rowBegin, rowEnd, ...(exchange && { exchange }) };
      const offsets: Record<string, number> = {};
      for (const { name, role, liftedOnly } of part.operands)
        offsets[name] = liftedOnly === true && exchange === undefined ? 0 : wordOf(role);
      return { kernel: part.kernel, args: { ...part.args(context), ...offsets } };
    });
  });
  const memory = new Uint32Array(end).fill(POISON);
  for (const { at, data } of places.values()) memory.set(data, at);
  const word = (field: string) => places.get(`output ${field}`)!.at;
  return {
    memory,
    launches,
    read: (result) => {
      const asFloats = new Float32Array(result.buffer, result.byteOffset, result.length);
      const width = valueOf(output.shape[1]!, dims);
      if (output.kind !== "gate")
        return {
          kind: "rows",
          width,
          data: Float64Array.from(asFloats.subarray(word(""), word("") + outputWords)),
        };
      return {
        kind: "gate",
        topK: width,
        experts: result.slice(word("experts"), word("experts") + outputWords),
        weights: Float64Array.from(asFloats.subarray(word("weights"), word("weights") + outputWords)),
      };
    },
  };
}

/** A state of [sequences, context, width] with room for the new positions: [sequences, context + length, width]. */
function withRoom({ states, dims, operator }: NodeCase, name: string, rows: number): Uint32Array {
  const width = valueOf(operator.states(dims).find((each) => each.name === name)!.width, dims);
  const [past, room] = [dims["context"]! * width, (dims["context"]! + dims["length"]!) * width];
  const sequences = rows / dims["length"]!;
  const result = new Uint32Array(sequences * room).fill(POISON);
  const held = floats(states?.[name] ?? []);
  for (let sequence = 0; sequence < sequences; sequence++)
    result.set(held.subarray(sequence * past, (sequence + 1) * past), sequence * room);
  return result;
}

export function runOnCpu(memory: Uint32Array, launches: readonly Launch[]): Uint32Array {
  const u32 = memory.slice();
  const f32 = new Float32Array(u32.buffer);
  for (const { kernel, args } of launches) kernel.cpu({ f32, u32 }, args);
  return u32;
}

export async function runOnGpu(
  device: GPUDevice,
  memory: Uint32Array,
  launches: readonly Launch[],
): Promise<Uint32Array> {
  const gpu = new GpuMemory(device, memory);
  for (const { kernel, args } of launches) gpu.launch(kernel, [args]);
  return gpu.read();
}

/** The value by definition; of a lifted node, slot after slot with its own rows and weights. */
export function evaluateReference(node: NodeCase, executed?: Uint32Array): DenseResult {
  const { operator, dims, options, inputs, weights, states, received } = node;
  const call = (some: readonly DenseValue[], slot: number): DenseCall => ({
    inputs: some,
    dims,
    options,
    weight: (name) => {
      const spec = operator.weights(dims).find((each) => each.name === name)!;
      const size = spec.shape.reduce<number>((product, each) => product * valueOf(each, dims), 1);
      return Float64Array.from(weights[name]!.slice(slot * size, (slot + 1) * size));
    },
    state: (name) => Float64Array.from(states?.[name] ?? []),
    ...(executed && { executed }),
  });
  if (received === undefined) return operator.reference(call(inputs, 0));
  const counts = received[0]!.map((_, slot) => received.reduce((sum, source) => sum + source[slot]!, 0));
  let begin = 0;
  const values = counts.map((count, slot) => {
    const from = begin;
    begin += count;
    const some = inputs.map((each) => {
      if (each.kind !== "rows") throw new Error("only rows can be lifted");
      return { ...each, data: each.data.subarray(from * each.width, begin * each.width) };
    });
    const { value } = operator.reference(call(some, slot));
    if (value.kind !== "rows") throw new Error("a lifted node gives rows");
    return value;
  });
  return {
    value: {
      kind: "rows",
      width: values[0]!.width,
      data: Float64Array.from(values.flatMap((each) => [...each.data])),
    },
  };
}

// What a trace of PyTorch's profiler says: shapes of matrix products, and ranges that are named like operators.
import { describe, expect, it } from "vitest";
import { readProfile } from "../../src/importers/profile/profile.js";
import type { Measurement } from "../../src/importers/profile/measurement.js";
import { compileFiles, schedule } from "./compiled.js";

type Event = Readonly<Record<string, unknown>>;

const cpu = { ph: "X", pid: 1, tid: 1 };
const gpu = { ph: "X", cat: "kernel", pid: 0, tid: 7 };
let correlation = 0;

/** A call of an operator on the CPU that launches kernels of these durations, at `ts`. */
function call(
  name: string,
  ts: number,
  dims: unknown,
  type: string,
  kernels: Readonly<Record<string, number>>,
): Event[] {
  const id = ++correlation;
  const types = Array.isArray(dims) ? dims.map(() => type) : [];
  return [
    {
      ...cpu,
      cat: "cpu_op",
      name,
      ts,
      dur: 8,
      args: { "External id": id, "Input Dims": dims, "Input type": types },
    },
    ...Object.entries(kernels).flatMap(([kernel, dur]) => {
      const own = ++correlation;
      return [
        {
          ...cpu,
          cat: "cuda_runtime",
          name: "cudaLaunchKernel",
          ts: ts + 2,
          dur: 1,
          args: { correlation: own },
        },
        { ...gpu, name: kernel, ts: ts + 1000, dur, args: { correlation: own, "External id": id } },
      ];
    }),
  ];
}

const range = (name: string, ts: number, dur: number): Event => ({
  ...cpu,
  cat: "user_annotation",
  name,
  ts,
  dur,
  args: {},
});

function times(...events: readonly (Event | readonly Event[])[]): readonly Measurement[] {
  const read = readProfile(JSON.stringify({ traceEvents: events.flat() }));
  if ("problem" in read) throw new Error(read.problem);
  return read.times;
}

describe("a trace", () => {
  it("has each matrix product by its shape, with the sum of its kernels and the median of its calls", () => {
    const dims = [
      [16, 64],
      [64, 96],
    ];
    expect(
      times(
        call("aten::mm", 0, dims, "c10::BFloat16", { gemm: 10, splitK: 2 }),
        call("aten::mm", 20, dims, "c10::BFloat16", { gemm: 20 }),
        call("aten::mm", 40, dims, "c10::BFloat16", { gemm: 13 }),
      ),
    ).toEqual([{ operator: "gemm", dtype: "bf16", m: 16, n: 96, k: 64, groups: 1, time_us: 13, samples: 3 }]);
  });

  it.each<readonly [string, unknown, object]>([
    ["aten::addmm", [[96], [16, 64], [64, 96], [], []], { m: 16, n: 96, k: 64, groups: 1 }],
    ["aten::linear", [[2, 8, 64], [96, 64], []], { m: 16, n: 96, k: 64, groups: 1 }],
    [
      "aten::bmm",
      [
        [4, 16, 64],
        [4, 64, 96],
      ],
      { m: 64, n: 96, k: 64 },
    ],
    ["aten::_scaled_mm", [[16, 64], [64, 96], [], []], { m: 16, n: 96, k: 64, groups: 1 }],
    ["aten::_grouped_mm", [[16, 64], [8, 64, 96], [8]], { m: 16, n: 96, k: 64, groups: 8 }],
  ])("reads the shapes of %s", (name, dims, shape) => {
    expect(times(call(name, 0, dims, "c10::Float8_e4m3fn", { gemm: 5 }))).toMatchObject([
      { ...shape, time_us: 5 },
    ]);
  });

  it("counts a kernel for the innermost operator alone", () => {
    const outer = {
      ...cpu,
      cat: "cpu_op",
      name: "aten::linear",
      ts: 0,
      dur: 20,
      args: {
        "External id": 900,
        "Input Dims": [
          [16, 64],
          [96, 64],
        ],
      },
    };
    const inner = call("aten::addmm", 4, [[96], [16, 64], [64, 96]], "float", { gemm: 5 });
    expect(times([outer], inner)).toMatchObject([
      { m: 16, n: 96, k: 64, dtype: "f32", time_us: 5, samples: 1 },
    ]);
  });

  it("has ranges by the rows that come in: a dispatch's transfers apart from its kernels, a combine by its dispatch's tokens", () => {
    expect(
      times(
        range("moe.dispatch", 0, 18),
        call("aten::index_select", 2, [[32, 64], [], [64]], "float", {
          gather: 3,
          ncclDevKernel_SendRecv: 40,
        }),
        range("moe.combine", 20, 18),
        call("aten::index_add", 22, [[64, 64]], "float", { ncclDevKernel_SendRecv: 50 }),
        range("attention", 40, 18),
        call("aten::softmax", 42, [[4, 8, 64]], "float", { flash: 70 }),
      ).map(({ samples: _, ...each }) => each),
    ).toEqual([
      { operator: "moe.dispatch", tokens: 32, time_us: 40 },
      { operator: "moe.dispatch", part: "kernels", tokens: 32, time_us: 3 },
      { operator: "moe.combine", tokens: 32, time_us: 50 },
      { operator: "attention", part: "kernels", rows: 32, time_us: 70 },
    ]);
  });

  it("has ranges whose names say their size, also where only the GPU's side is there", () => {
    const gpuRange = {
      ph: "X",
      cat: "gpu_user_annotation",
      pid: 0,
      tid: 7,
      name: "moe.dispatch tokens=512",
      ts: 900,
      dur: 300,
    };
    expect(times([gpuRange], call("a2a", 0, [], "", { ncclKernel_SendRecv: 40 }))).toMatchObject([
      { operator: "moe.dispatch", tokens: 512, time_us: 40 },
    ]);
  });

  it.each([
    ["kernels", [range("attention", 0, 10)], "no kernels"],
    ["shapes", call("aten::mm", 0, [], "", { gemm: 5 }), "no shapes"],
  ])("without %s is none to measure by", (_, events, problem) => {
    const read = readProfile(JSON.stringify({ traceEvents: events }));
    expect("problem" in read && read.problem).toContain(problem);
  });

  it("prices a schedule", async () => {
    const events = [
      ...call(
        "aten::mm",
        0,
        [
          [32, 64],
          [64, 512],
        ],
        "c10::BFloat16",
        { gemm: 33 },
      ),
      range("moe.dispatch tokens=32", 20, 10),
      ...call("a2a", 22, [], "", { ncclDevKernel_SendRecv: 44 }),
    ];
    const { compiled } = await compileFiles({
      "main.weft": schedule('profile "trace.json"'),
      "trace.json": JSON.stringify({ traceEvents: events }),
    });
    expect(compiled?.measured).toMatchObject({ files: [{ kind: "trace" }], unmatched: [] });
    expect(compiled?.measured?.matched.map(({ name }) => name.split(".").at(-1)).sort()).toEqual([
      "dispatch",
      "matmul",
    ]);
  });
});

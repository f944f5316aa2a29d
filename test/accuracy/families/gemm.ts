// Dense matrix products.
import { computeTime } from "../../../src/cost/index.js";
import { readable } from "../facts.js";
import type { Family } from "../family.js";
import { parameterKnob } from "../model.js";

/** Bytes of an element in memory, by the table's name of a format that the models know. */
const FORMATS = { bfloat16: { dtype: "bf16", bytes: 2 }, fp8: { dtype: "fp8", bytes: 1 } } as const;
/** Results are written in bf16. */
const RESULT_BYTES = 2;

export const gemm: Family = {
  name: "gemm",
  file: "gemm.json",
  knobs: [
    parameterKnob("gemmEfficiency", 0.3, 1),
    parameterKnob("fp8GemmEfficiency", 0.3, 1),
    parameterKnob("memoryEfficiency", 0.4, 1),
    parameterKnob("kernelStart", 0.5, 20),
  ],
  cases: (table) =>
    readable(table, (row) => {
      const format = Object.entries(FORMATS).find(([name]) => name === row.text("dtype"))?.[1];
      if (format === undefined) return undefined;
      const { dtype, bytes: each } = format;
      const [m, n, k] = [row.number("m"), row.number("n"), row.number("k")];
      const bytes = each * (m * k + k * n) + RESULT_BYTES * m * n;
      const work = {
        class: "gemm",
        flops: 2 * m * n * k,
        bytes,
        dtype,
        gemm: { groupRows: [m], n, k },
      } as const;
      return {
        system: row.text("system"),
        label: `${row.text("dtype")} ${String(m)} x ${String(n)} x ${String(k)}`,
        measuredUs: row.number("latency_us"),
        predictUs: ({ machine, parameters }) => computeTime(machine.gpu, work, machine.gpu.sms, parameters),
      };
    }),
};

// Dense matrix products.
import { gemmTime, type GemmFormatName } from "../../../src/cost/index.js";
import { readable } from "../facts.js";
import type { Family } from "../family.js";
import { parameterKnob } from "../model.js";

/** Formats of the models by their names in the table. */
const FORMATS: Readonly<Record<string, GemmFormatName>> = {
  bfloat16: "bf16",
  fp8: "fp8",
  fp8_block: "fp8_block",
  nvfp4: "nvfp4",
  sq: "int8",
  int8_wo: "int8_weights",
  int4_wo: "int4_weights",
};

export const gemm: Family = {
  name: "gemm",
  file: "gemm.json",
  knobs: [
    parameterKnob("memoryEfficiency", 0.5, 1),
    parameterKnob("kernelStart", 0.5, 10),
    parameterKnob("operandEdge", 5, 150),
    parameterKnob("tensorScaleStart", 1, 20),
  ],
  cases: (table) =>
    readable(table, (row) => {
      const format = FORMATS[row.text("dtype")];
      if (format === undefined) return undefined;
      const shape = { rows: row.number("m"), n: row.number("n"), k: row.number("k") };
      return {
        system: row.text("system"),
        label: `${row.text("dtype")} ${String(shape.rows)} x ${String(shape.n)} x ${String(shape.k)}`,
        measuredUs: row.number("latency_us"),
        predictUs: ({ machine, parameters }) =>
          gemmTime(machine.gpu, shape, format, machine.gpu.sms, parameters),
      };
    }),
};

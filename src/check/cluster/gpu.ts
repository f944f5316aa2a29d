// The GPU of a cluster: memory, memory bandwidth, SMs, peak arithmetic rates, and what it was measured to do otherwise than others.
import type { Gpu } from "../../plan/types.gen.js";
import type { Expr, GpuDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { Fields, optional } from "../fields.js";
import type { Scope } from "../values/evaluate.js";
import { readCalibration } from "./calibration.js";
import { readQuantity, readWhole } from "../values/read.js";

/** Number formats in which GPUs multiply. */
const FORMATS = ["f32", "bf16", "fp16", "fp8", "fp4", "int8"];

export function readGpu(declaration: GpuDecl, scope: Scope, context: Context): Gpu | undefined {
  const known = ["memory", "memory_bandwidth", "sms", "peak", "calibration"];
  const fields = new Fields(declaration.fields, { what: "the gpu", known }, declaration.name.span, context);
  const memory = optional(fields.require("memory", "80 GiB"), (expr) =>
    readQuantity(expr, '"memory"', "bytes", scope, context),
  );
  const bandwidth = optional(fields.require("memory_bandwidth", "3.35 TB/s"), (expr) =>
    readQuantity(expr, '"memory_bandwidth"', "bandwidth", scope, context),
  );
  const sms = optional(fields.require("sms", "132"), (expr) =>
    readWhole(expr, '"sms"', { min: 1 }, scope, context),
  );
  const peak = optional(fields.require("peak", "{ bf16: 989 TFLOPS }"), (expr) =>
    readPeak(expr, scope, context),
  );
  const calibrationExpr = fields.get("calibration");
  const calibration = optional(calibrationExpr, (expr) => readCalibration(expr, scope, context));
  if (!memory || !bandwidth || !sms || !peak || (calibrationExpr && !calibration)) return undefined;
  return {
    memory_bytes: memory.value,
    memory_bandwidth_bytes_per_s: bandwidth.value,
    sms: sms.value,
    peak_flops: peak,
    ...(calibration ? { calibration } : {}),
  };
}

function readPeak(expr: Expr, scope: Scope, context: Context): Record<string, number> | undefined {
  if (expr.kind === "Error") return undefined;
  if (expr.kind !== "Record") {
    context.diagnostics.report("wrong-value", expr.span, {
      what: '"peak"',
      expected: "a record of rates by number format",
      found: describeExpression(expr),
      advice: "Write it like { bf16: 989 TFLOPS, fp8: 1979 TFLOPS }.",
    });
    return undefined;
  }
  const fields = new Fields(expr.fields, { what: '"peak"', known: FORMATS }, expr.span, context);
  const peak: Record<string, number> = {};
  let complete = true;
  for (const format of FORMATS) {
    const value = fields.get(format);
    if (!value) continue;
    const rate = readQuantity(value, `The peak of ${format}`, "flop_rate", scope, context);
    if (rate) peak[format] = rate.value;
    else complete = false;
  }
  if (expr.fields.length === 0) fields.require("bf16", "989 TFLOPS");
  return complete && Object.keys(peak).length > 0 ? peak : undefined;
}

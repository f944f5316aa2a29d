// `precision = { weights: bf16, dispatch: fp8 }`: the number format of each class of data.
import type { Dtype, Machine, PrecisionClass } from "../../plan/types.gen.js";
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { ScheduleSpec } from "../program.js";
import { readWord } from "../values/read.js";
import { recordFields, type Given } from "./settings.js";

type Precision = ScheduleSpec["precision"];

const DTYPES = ["f32", "bf16", "fp16", "fp8", "u32"] as const satisfies readonly Dtype[];

/** Legal formats of each class, and why no other. */
const legal: Readonly<Record<PrecisionClass, { readonly dtypes: readonly Dtype[]; readonly why: string }>> = {
  weights: { dtypes: ["f32", "bf16", "fp16", "fp8"], why: "weights are real numbers" },
  activations: { dtypes: ["f32", "bf16", "fp16"], why: "the residual stream needs more than 8 bits" },
  dispatch: { dtypes: ["f32", "bf16", "fp16", "fp8"], why: "rows are real numbers" },
  combine: { dtypes: ["f32", "bf16", "fp16"], why: "results are summed, which needs more than 8 bits" },
  cache: { dtypes: ["f32", "bf16", "fp16", "fp8"], why: "cached rows are real numbers" },
  gate: { dtypes: ["f32"], why: "top-k is discontinuous, so scores keep full precision" },
  index: { dtypes: ["u32"], why: "indices and counts are whole numbers" },
};

const classes = Object.keys(legal) as PrecisionClass[];
const TRAINING = "It belongs to training, which Weft does not compile yet.";
const LATER = { gradients: TRAINING, optimizer: TRAINING, master: TRAINING };

/** Precisions with their defaults: bf16; rows travel as the activations are; gates f32; indices u32. */
export function readPrecision(
  given: Given | undefined,
  machine: Machine | undefined,
  context: Context,
): Precision | undefined {
  const fields = given && recordFields("precision", given, { known: classes, later: LATER }, context);
  if (given && !fields) return undefined;
  const found = new Map<PrecisionClass, Dtype>();
  let complete = true;
  for (const each of classes) {
    const expr = fields?.get(each);
    if (!expr) continue;
    const dtype = readDtype(expr, each, machine, context);
    if (dtype) found.set(each, dtype);
    else complete = false;
  }
  if (!complete) return undefined;
  const activations = found.get("activations") ?? "bf16";
  return {
    weights: found.get("weights") ?? "bf16",
    activations,
    dispatch: found.get("dispatch") ?? activations,
    combine: found.get("combine") ?? activations,
    cache: found.get("cache") ?? "bf16",
    gate: "f32",
    index: "u32",
  };
}

function readDtype(
  expr: Expr,
  name: PrecisionClass,
  machine: Machine | undefined,
  context: Context,
): Dtype | undefined {
  const dtype = readWord(expr, `the precision of ${name}`, DTYPES, context);
  if (dtype === undefined) return undefined;
  const { dtypes, why } = legal[name];
  const known = `Legal for ${name}: ${dtypes.join(", ")}.`;
  if (!dtypes.includes(dtype)) {
    const reason = dtype === "u32" ? "u32 holds whole numbers, such as indices" : why;
    const params = { class: name, dtype, reason, suggestion: known };
    context.diagnostics.report("precision-not-allowed", expr.span, params);
    return undefined;
  }
  // Rows may travel and caches may lie in formats in which nothing is multiplied.
  if (
    machine &&
    (name === "weights" || name === "activations") &&
    machine.gpu.peak_flops[dtype] === undefined
  ) {
    const available = dtypes.filter((each) => machine.gpu.peak_flops[each] !== undefined);
    context.diagnostics.report("precision-not-allowed", expr.span, {
      class: name,
      dtype,
      reason: `the GPUs of cluster "${machine.name}" state no peak for it, so nothing can be multiplied in it`,
      suggestion: `It has peaks for ${available.join(", ")}. Use one of them, or add a peak for ${dtype} to the gpu.`,
    });
    return undefined;
  }
  return dtype;
}

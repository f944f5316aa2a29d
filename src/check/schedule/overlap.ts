// `overlap = auto(batches: 2, chunks: 2, sms: 16)`: how many micro-batches overlap in one cell, how many chunks an exchange is
// cut into, and how many SMs the communicator may take.
import type { Context } from "../context.js";
import { optional, type Fields } from "../fields.js";
import { nearestDivisor, nearestPowerOfTwo } from "../legal.js";
import type { Choice, ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readWhole } from "../values/read.js";
import type { Target } from "./environment.js";
import { auto, fieldsOf, pinned, readForm } from "./form.js";
import type { Given } from "./settings.js";

type Overlap = ScheduleSpec["overlap"];

export function readOverlap(
  given: Given,
  batch: ScheduleSpec["batch"] | undefined,
  { machine }: Target,
  context: Context,
): Overlap | undefined {
  const form = readForm(given.value, '"overlap"', ["auto"], context);
  if (!form) return undefined;
  const fields = fieldsOf(form, ["batches", "chunks", "sms"], context);
  const batches = readBatches(fields, given, batch, context);
  const chunks = readChunks(fields, given, context);
  const sms = readSms(fields, given, machine?.gpu.sms, context);
  return batches && chunks && sms && { batches, chunks, sms, span: given.span };
}

/** A number alone; whether a GPU has so many slots is for `checkChunks` to say, which knows the placement. */
function readChunks(fields: Fields, given: Given, context: Context): Choice<number> | undefined {
  const expr = fields.get("chunks");
  if (!expr) return auto(given.span);
  const read = readWhole(expr, '"chunks"', { min: 1 }, noScope, context);
  return read && pinned(read.value, read.span);
}

function readBatches(
  fields: Fields,
  given: Given,
  batch: ScheduleSpec["batch"] | undefined,
  context: Context,
): Choice<number> | undefined {
  const expr = fields.get("batches");
  if (!expr) return auto(given.span);
  const read = readWhole(expr, '"batches"', { min: 1 }, noScope, context);
  if (!read || !batch) return read && pinned(read.value, read.span);
  const { microBatches, sequences } = batch;
  const [whole, name] =
    microBatches.kind === "pinned" ? [microBatches.value, "micro-batches"] : [sequences, "sequences"];
  if (whole % read.value === 0) return pinned(read.value, read.span);
  context.diagnostics.report("does-not-divide", read.span, {
    what: "overlap of batches",
    value: read.value,
    whole: `the ${whole} ${name}`,
    reason: "Every cell overlaps equally many micro-batches of whole sequences.",
    choice: `number is ${nearestDivisor(read.value, whole)}`,
    remainder: `${whole} / ${read.value} leaves ${whole % read.value}`,
  });
  return undefined;
}

function readSms(
  fields: Fields,
  given: Given,
  available: number | undefined,
  context: Context,
): Choice<number> | undefined {
  const read = optional(fields.get("sms"), (expr) => readWhole(expr, '"sms"', { min: 1 }, noScope, context));
  if (!read) return fields.get("sms") ? undefined : auto(given.span);
  const most = available === undefined ? undefined : available - 1;
  const isPower = Number.isInteger(Math.log2(read.value));
  if (isPower && (most === undefined || read.value <= most)) return pinned(read.value, read.span);
  const limit = most ?? read.value;
  context.diagnostics.report("out-of-range", read.span, {
    what: '"sms"',
    value: read.value,
    range: `a power of two of at most ${limit}, which leaves SMs to compute`,
    advice: `The nearest legal value is ${nearestPowerOfTwo(read.value, limit)}.`,
  });
  return undefined;
}

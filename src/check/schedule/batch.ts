// `batch = { sequences: 4, length: 4096, micro_batches: auto }`: the work of one data-parallel rank in one step.
import type { Context } from "../context.js";
import { optional, type Fields } from "../fields.js";
import { nearestDivisor } from "../legal.js";
import type { Choice, ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readWhole, type Read } from "../values/read.js";
import { auto, pinned } from "./form.js";
import { recordFields, type Given } from "./settings.js";

type Mode = ScheduleSpec["mode"]["value"];

const KNOWN = ["sequences", "length", "context", "micro_batches"];

export function readBatch(
  given: Given,
  mode: Mode | undefined,
  context: Context,
): ScheduleSpec["batch"] | undefined {
  const fields = recordFields("batch", given, { known: KNOWN }, context);
  if (!fields) return undefined;
  const count = (name: string) => (expr: NonNullable<ReturnType<Fields["get"]>>) =>
    readWhole(expr, `"${name}"`, { min: 1 }, noScope, context);
  const sequences = optional(fields.require("sequences", "4"), count("sequences"));
  const microBatches = readMicroBatches(fields, sequences, given, context);
  if (mode === undefined) return undefined;
  const extent = mode === "prefill" ? "length" : "context";
  const needed = optional(fields.require(extent, "4096"), count(extent));
  if (!refuseOther(fields, mode, context) || !sequences || !needed || !microBatches) return undefined;
  const tokens =
    mode === "prefill" ? { length: needed.value, context: 0 } : { length: 1, context: needed.value };
  return { sequences: sequences.value, ...tokens, microBatches, span: given.span };
}

/** Reports the extent that belongs to the other mode. */
function refuseOther(fields: Fields, mode: Mode, context: Context): boolean {
  const name = mode === "prefill" ? "context" : "length";
  const span = fields.spanOf(name);
  if (!span) return true;
  const [reason, advice] =
    mode === "prefill"
      ? [
          "a prefill starts with an empty cache",
          'Remove it; "length" is the number of new tokens of each sequence.',
        ]
      : [
          "a decode step computes one new token for each sequence",
          'Remove it; "context" is the number of cached tokens.',
        ];
  context.diagnostics.report("not-in-mode", span, { name, mode, reason, advice });
  return false;
}

function readMicroBatches(
  fields: Fields,
  sequences: Read | undefined,
  given: Given,
  context: Context,
): Choice<number> | undefined {
  const expr = fields.get("micro_batches");
  if (!expr || (expr.kind === "Name" && expr.text === "auto")) return auto(expr?.span ?? given.span);
  const read = readWhole(expr, '"micro_batches"', { min: 1 }, noScope, context);
  if (!read) return undefined;
  if (sequences && sequences.value % read.value !== 0) {
    context.diagnostics.report("does-not-divide", read.span, {
      what: "micro_batches",
      value: read.value,
      whole: `the ${sequences.value} sequences`,
      reason: "Micro-batches have equally many whole sequences.",
      choice: `number of micro-batches is ${nearestDivisor(read.value, sequences.value)}`,
      remainder: `${sequences.value} / ${read.value} leaves ${sequences.value % read.value}`,
    });
    return undefined;
  }
  return pinned(read.value, read.span);
}

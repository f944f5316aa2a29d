// `placement = auto(redundant: 32)`: where experts live. An expert has at most one replica on each GPU.
import type { Span } from "../../diagnostics/span.js";
import type { Context } from "../context.js";
import { countOf } from "../describe.js";
import { optional, type Fields } from "../fields.js";
import type { ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readWhole, type Read } from "../values/read.js";
import type { Gate } from "./environment.js";
import { auto, fieldsOf, pinned, readForm, type Form } from "./form.js";
import type { Given } from "./settings.js";

type Placement = ScheduleSpec["placement"];

/** Words alone; whether the numbers fit the model is for `checkSlots` to say, which knows ep. */
export function readPlacement(given: Given, context: Context): Placement | undefined {
  const form = readForm(given.value, '"placement"', ["auto", "contiguous"], context);
  if (!form) return undefined;
  if (form.word === "contiguous") {
    fieldsOf(form, [], context);
    return { method: pinned("contiguous", given.span), span: given.span };
  }
  return readAuto(form, given.span, context);
}

function readAuto(form: Form<string>, span: Span, context: Context): Placement | undefined {
  const fields = fieldsOf(form, ["redundant", "slots"], context);
  const redundant = readCount(fields, "redundant", 0, context);
  const slots = readCount(fields, "slots", 1, context);
  if ((fields.get("redundant") && !redundant) || (fields.get("slots") && !slots)) return undefined;
  if (redundant && slots) {
    context.diagnostics.report("wrong-value", slots.span, {
      what: "The number of slots",
      expected: "stated once",
      found: "the second statement",
      advice:
        '"redundant: n" counts replicas beyond one slot for each expert, "slots: n" all slots. Keep one.',
    });
    return undefined;
  }
  return {
    method: auto(span),
    span,
    ...(redundant ? { redundant: { value: redundant.value, span: redundant.span } } : {}),
    ...(slots ? { slots: { value: slots.value, span: slots.span } } : {}),
  };
}

function readCount(fields: Fields, name: string, min: number, context: Context): Read | undefined {
  return optional(fields.get(name), (expr) => readWhole(expr, `"${name}"`, { min }, noScope, context));
}

/** Reports slots that are too few for the experts, or more than one of each expert on every GPU. */
export function checkSlots(placement: Placement, ep: number, gates: readonly Gate[], context: Context): void {
  for (const { name: gate, experts } of gates) {
    const { redundant, slots } = placement;
    const report = (what: string, span: Span, found: number, reason: string, nearest: number): void => {
      context.diagnostics.report("slots-out-of-range", span, {
        what,
        gate,
        slots: found,
        experts,
        ep: countOf(ep, "GPU"),
        reason,
        nearest,
      });
    };
    const most = experts * ep;
    const tooMany = `a GPU holds an expert at most once, so there is room for ${most}`;
    if (slots && slots.value < experts)
      report("This placement", slots.span, slots.value, "every expert needs one", experts);
    else if (slots && slots.value < ep)
      report("This placement", slots.span, slots.value, "some GPUs would hold none", ep);
    else if (slots && slots.value > most) report("This placement", slots.span, slots.value, tooMany, most);
    if (redundant && experts + redundant.value > most)
      report("This placement", redundant.span, experts + redundant.value, tooMany, most - experts);
  }
}

// `mode = prefill` or `decode`: what a step does.
import type { Context } from "../context.js";
import type { ScheduleSpec } from "../program.js";
import type { Given } from "./settings.js";
import { readForm } from "./form.js";

const MODES = ["prefill", "decode"] as const;
const LATER = { train: "Weft compiles inference steps: prefill and decode." };

export function readMode(given: Given, context: Context): ScheduleSpec["mode"] | undefined {
  const form = readForm(given.value, '"mode"', MODES, context, LATER);
  return form && { value: form.word, span: given.span };
}

// `require memory <= 76 GiB`: limits that a plan must keep. Whether it does is for the passes to say.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Require } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import type { MemoryRequirement } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readQuantity } from "../values/read.js";

const SUBJECTS = { memory: "bytes", step_time: "time" } as const;
type Subject = keyof typeof SUBJECTS;
const subjects = Object.keys(SUBJECTS) as Subject[];

export function readRequirement(require: Require, context: Context): MemoryRequirement | undefined {
  const { subject, op, value, span } = require;
  if (subject.kind === "Error") return undefined;
  const known = subjects.find((each) => subject.kind === "Name" && each === subject.text);
  if (!known) {
    const name = subject.kind === "Name" ? subject.text : "";
    context.diagnostics.report("wrong-requirement", subject.span, {
      reason:
        name === "" ? `${describeExpression(subject)} is no property of a plan` : `a plan has no "${name}"`,
      advice: didYouMean(name, subjects, ""),
    });
    return undefined;
  }
  const limit = readQuantity(value, `The limit of "${known}"`, SUBJECTS[known], noScope, context);
  if (op === ">=" || op === ">") {
    const reason = `"${known}" has an upper limit, no lower one`;
    context.diagnostics.report("wrong-requirement", span, {
      reason,
      advice: `Write "require ${known} <= ...".`,
    });
    return undefined;
  }
  return limit && { subject: known, op, limit: limit.value, span };
}

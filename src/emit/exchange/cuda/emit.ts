// An exchange plan as a CUDA/NCCL program: tables of its routes, and a runtime that makes messages of them for whatever traffic
// there is.
import { createHash } from "node:crypto";
import { writeExchangePlan, type ExchangePlan } from "../../../exchange-plan/index.js";
import type { ExchangeRefusal } from "../emitted.js";
import { fixedFiles } from "./files.gen.js";
import { exceededLimit } from "./limits.js";
import { planFile } from "./plan-file.js";
import { readmeOf } from "./readme.js";

/** The files of the program, all of them text; see `EmittedExchange`. */
type EmittedProgram =
  | {
      readonly files: readonly { readonly path: string; readonly bytes: string }[];
      readonly notes: readonly string[];
    }
  | { readonly refused: ExchangeRefusal };

export function emitExchangeCuda(plan: ExchangePlan): EmittedProgram {
  const refused = exceededLimit(plan);
  if (refused !== undefined) return { refused };
  const sha256 = createHash("sha256").update(writeExchangePlan(plan)).digest("hex");
  const files = [
    ...fixedFiles,
    { path: "program/plan.cpp", text: planFile(plan, sha256) },
    { path: "README.md", text: readmeOf(plan, sha256) },
  ];
  return {
    files: files
      .map(({ path, text }) => ({ path, bytes: text }))
      .sort((left, right) => (left.path < right.path ? -1 : 1)),
    notes: plan.copies
      ? [
          "Every rank learns the destinations of all tokens by an all-gather, since copies are taken apart where they arrive.",
        ]
      : [],
  };
}

// What becomes of a mutant. It is killed where the verifier refutes it, with a story; harmless where an argument says so that
// shares nothing with the verifier; rejected where not even its shape is a plan's. Else it survives, and something is amiss.
import type { LaunchPlan } from "../../../src/plan/index.js";
import { validate } from "../../../src/plan/validate.gen.js";
import { verify } from "../../../src/verify/index.js";
import { sameDataflow } from "../mutants/dataflow.js";
import type { Mutant, MutantKind } from "../mutants/index.js";
import { messagesStillFit } from "../mutants/layouts.js";
import { sameMeaning } from "../mutants/meaning.js";

export type Outcome = "killed" | "harmless" | "rejected" | "unchanged" | "survivor";

export interface Judgement {
  readonly outcome: Outcome;
  /** Which property failed first, or the argument, or why it is a survivor. */
  readonly reason: string;
}

/** Applies a mutant to a copy of its plan. */
export function mutated(plan: LaunchPlan, { apply }: Mutant): LaunchPlan {
  const copy = structuredClone(plan);
  apply(copy);
  return copy;
}

export function judge(plan: LaunchPlan, kind: MutantKind, mutant: Mutant): Judgement {
  const damaged = mutated(plan, mutant);
  if (JSON.stringify(damaged) === JSON.stringify(plan)) return { outcome: "unchanged", reason: "" };
  if (!validate(structuredClone(damaged))) return { outcome: "rejected", reason: "schema" };
  try {
    const { ok, properties } = verify(damaged);
    if (ok) return pardon(plan, mutant, damaged);
    const failed = properties.filter(({ counterexample }) => counterexample !== undefined);
    if (failed.some(({ counterexample }) => counterexample?.story.length === 0) || failed.length === 0)
      return { outcome: "survivor", reason: "it is refuted without a story" };
    if (kind.breaks !== undefined && !failed.some(({ name }) => name === kind.breaks))
      return { outcome: "survivor", reason: `${kind.breaks} holds, against what it was made for` };
    return { outcome: "killed", reason: failed[0]!.name };
  } catch (error) {
    return { outcome: "survivor", reason: `the verifier throws: ${String(error)}` };
  }
}

function pardon(plan: LaunchPlan, { harmless }: Mutant, damaged: LaunchPlan): Judgement {
  const argument =
    harmless?.(damaged) ??
    sameMeaning(plan, damaged) ??
    messagesStillFit(plan, damaged) ??
    sameDataflow(plan, damaged);
  return argument === undefined
    ? { outcome: "survivor", reason: "every proof holds" }
    : { outcome: "harmless", reason: argument };
}

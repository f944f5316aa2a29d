// weft verify: the proofs of a plan, from the plan alone.
import { describeProof, readPlanFile, verifyPlan } from "../../index.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";

export async function verifyCommand(path: string): Promise<Outcome> {
  const { plan, ...findings } = await readPlanFile(path);
  const found = shown(findings);
  if (plan === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const proof = await verifyPlan(plan);
  const verdict = proof.ok
    ? "The plan is proved, for every routing within its bounds."
    : "The plan is wrong.";
  return {
    ...found,
    exit: proof.ok ? exitCodes.yes : exitCodes.planWrong,
    fields: { properties: proof.properties },
    result: `${await describeProof(proof, plan)}\n${verdict}\n`,
  };
}

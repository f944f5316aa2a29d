// weft verify: the proofs of a plan, from the plan alone. A launch plan or an exchange plan: its `format` says which.
import { describeProof, readAnyPlanFile, verifyExchangePlan, verifyPlan } from "../../index.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";

export async function verifyCommand(path: string): Promise<Outcome> {
  const { plan, ...findings } = await readAnyPlanFile(path);
  const found = shown(findings);
  if (plan === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const isExchange = plan.format === "weft.exchange/1";
  const proof = await (isExchange ? verifyExchangePlan(plan) : verifyPlan(plan));
  const extent = isExchange ? "for any traffic" : "for every routing within its bounds";
  const verdict = proof.ok ? `The plan is proved, ${extent}.` : "The plan is wrong.";
  return {
    ...found,
    exit: proof.ok ? exitCodes.yes : exitCodes.planWrong,
    fields: { properties: proof.properties },
    result: `${await describeProof(proof, plan)}\n${verdict}\n`,
  };
}

// The tiers of the machine join all of its GPUs, and say nothing of adapters that no GPU has.
import type { LaunchPlan } from "../../plan/index.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "./complaint.js";

export function* tiersJoinAll({ machine }: Pick<LaunchPlan, "machine">): Iterable<Complaint> {
  const { gpus, tiers, span } = machine;
  yield* duplicates(
    "tiers",
    tiers.map((each) => each.name),
  );
  let unit = 1;
  for (const [at, { name, joins, nics, oversubscription, span: tierSpan }] of tiers.entries()) {
    if (at === 0 && (nics !== undefined || oversubscription !== undefined))
      yield complaint(`tier \`${name}\` is the first: no unit of a tier below shares its adapters`, tierSpan);
    if (nics !== undefined) yield* wholeNumber(`\`nics\` of tier \`${name}\``, nics, 1, unit);
    unit *= joins;
  }
  if (unit !== gpus)
    yield complaint(
      `the tiers join ${unit} GPUs, but the machine has ${gpus}: not all reach each other`,
      span,
    );
}

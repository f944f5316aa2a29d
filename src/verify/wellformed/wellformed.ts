// Law: the plan says something definite. Names resolve and are unique, indices are in range, the value beside an
// expression is its value, tables have the extents that their headers state, every rank has one role. Whether what
// the plan says is right is for the other properties, which may rely on all of this.
import type { LaunchPlan } from "../../plan/index.js";
import { count, type Verdict } from "../result.js";
import type { Complaint } from "./complaint.js";
import { contentsAreThereOnce } from "./contents.js";
import { exchangesAreDefinite } from "./exchanges.js";
import { kindsFit } from "./kinds.js";
import { launchesAreDefinite } from "./launches.js";
import { memoryIsDefinite } from "./memory.js";
import { modelIsDefinite } from "./model.js";
import { numbersAreRight } from "./numbers.js";
import { operatorsAreDefinite } from "./operators.js";
import { placementsAreDefinite } from "./placements.js";
import { ranksAreDefinite } from "./ranks.js";
import { spansPointIntoSources } from "./spans.js";
import { tiersJoinAll } from "./tiers.js";
import { timelinesAreDefinite } from "./timelines.js";

/** Rules in order; each relies on those before it. */
const rules: readonly ((plan: LaunchPlan) => Iterable<Complaint>)[] = [
  spansPointIntoSources,
  numbersAreRight,
  tiersJoinAll,
  modelIsDefinite,
  operatorsAreDefinite,
  ranksAreDefinite,
  placementsAreDefinite,
  exchangesAreDefinite,
  kindsFit,
  memoryIsDefinite,
  contentsAreThereOnce,
  launchesAreDefinite,
  timelinesAreDefinite,
];

export function wellformed(plan: LaunchPlan): Verdict {
  const checked = `${count(plan.dimensions.length, "dimension")}, ${count(plan.memory.buffers.length, "buffer")}, ${count(
    plan.cells.reduce((sum, cell) => sum + cell.launches.length, 0),
    "launch",
    "launches",
  )} in ${count(plan.cells.length, "cell")}`;
  for (const rule of rules)
    for (const { message, spans } of rule(plan))
      return { checked, assumptions: [], counterexample: { story: [message], spans, launches: [] } };
  return { checked, assumptions: [] };
}

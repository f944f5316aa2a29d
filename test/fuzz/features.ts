// What a plan has that may go wrong, so that a run of the fuzzer can tell what it has tried.
import type { LaunchPlan } from "../../src/plan/index.js";
import type { RunResult } from "../../src/run/result.js";

/** The features of a plan and of one of its executions. */
export function featuresOf(plan: LaunchPlan, { in_rounds, dropped, failure }: RunResult): readonly string[] {
  return [
    ...featuresOfPlan(plan),
    ...(in_rounds === undefined ? [] : ["executed in rounds"]),
    ...(failure?.kind === "aborted" ? ["aborted"] : []),
    ...(dropped !== undefined && dropped.pairs > 0 ? ["rows dropped"] : []),
  ];
}

function featuresOfPlan({ why, exchanges, placements, schedule, groups, cells }: LaunchPlan): string[] {
  const some = (name: string, has: boolean): string[] => (has ? [name] : []);
  const algorithm = why?.decisions.find(({ name }) => name === "exchange")?.choice;
  const gates = new Set(exchanges.map(({ block }) => block));
  return [
    ...some(`exchange ${algorithm ?? ""}`, exchanges.length > 0),
    ...some("no experts", exchanges.length === 0),
    ...some(
      "sums on nodes",
      exchanges.some((each) => each.partial_sums === true),
    ),
    ...some(
      "rows by deepep",
      exchanges.some(({ transport }) => transport === "deepep"),
    ),
    ...some(
      "chunks",
      exchanges.some(({ chunks = [] }) => chunks.length > 1),
    ),
    ...some(
      "capacity",
      exchanges.some(({ tokens }) => tokens.policy === "capacity"),
    ),
    ...some(
      "bound, or abort",
      exchanges.some(({ tokens }) => tokens.overflow === "abort"),
    ),
    ...some(
      "bound, or rounds",
      exchanges.some(({ tokens }) => tokens.overflow === "rounds"),
    ),
    ...some("several gates in a block", exchanges.length > gates.size),
    ...some(
      "replicas",
      placements.some(({ layers }) =>
        layers.some(({ expert_of_slot }) => new Set(expert_of_slot).size < expert_of_slot.length),
      ),
    ),
    ...some("several groups of ranks", (groups[0]?.instances.length ?? 1) > 1),
    ...some("decode", schedule.mode === "decode"),
    ...some(
      "micro-batches overlap",
      cells.some(({ micro_batches: batches }) => batches > 1),
    ),
    ...some(
      "layers overlap",
      cells.some(({ name }) => name.endsWith(".first")),
    ),
  ];
}

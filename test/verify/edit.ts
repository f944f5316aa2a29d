// Finding the parts of a plan that a test damages, and asking the verifier what it says.
import { expect } from "vitest";
import type {
  Buffer,
  Cell,
  ComputeLaunch,
  Exchange,
  HostRead,
  Launch,
  LaunchPlan,
  Operand,
  Phase,
  Region,
  TransferLaunch,
} from "../../src/plan/index.js";
import { verify, type Counterexample, type PropertyName } from "../../src/verify/index.js";

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the test's plan has no ${name}`);
  return value;
}

export const cell = (plan: LaunchPlan, name = "moe"): Cell =>
  found(
    plan.cells.find((each) => each.name === name),
    name,
  );

export function launch(plan: LaunchPlan, id: string): Launch {
  return found(
    plan.cells.flatMap((each) => each.launches).find((each) => each.id === id),
    id,
  );
}

export const kernel = (plan: LaunchPlan, id: string): ComputeLaunch => launch(plan, id) as ComputeLaunch;
export const transferred = (plan: LaunchPlan, id: string): TransferLaunch =>
  launch(plan, id) as TransferLaunch;
export const hostRead = (plan: LaunchPlan, id: string): HostRead => launch(plan, id) as HostRead;

export function operandOf(plan: LaunchPlan, id: string, name: string): Operand {
  return found(
    launch(plan, id).operands.find((each) => each.name === name),
    `${id} ${name}`,
  );
}

export const buffer = (plan: LaunchPlan, name: string): Buffer =>
  found(
    plan.memory.buffers.find((each) => each.name === name),
    name,
  );
export const region = (plan: LaunchPlan, name: string): Region =>
  found(
    plan.memory.regions.find((each) => each.name === name),
    name,
  );
export const exchange = (plan: LaunchPlan, name = "e"): Exchange =>
  found(
    plan.exchanges.find((each) => each.name === name),
    name,
  );
export const phase = (plan: LaunchPlan, name: string): Phase =>
  found(
    exchange(plan).phases.find((each) => each.name === name),
    name,
  );

export function removeLaunch(plan: LaunchPlan, id: string): void {
  for (const each of plan.cells) each.launches = each.launches.filter((one) => one.id !== id);
}

/** Moves a launch of a cell directly before another. */
export function moveBefore(plan: LaunchPlan, id: string, before: string): void {
  const moved = launch(plan, id);
  for (const each of plan.cells) {
    if (!each.launches.includes(moved)) continue;
    each.launches = each.launches.filter((one) => one !== moved);
    each.launches.splice(
      each.launches.findIndex((one) => one.id === before),
      0,
      moved,
    );
  }
}

/** The counterexample of a property that must fail. */
export function failure(plan: LaunchPlan, property: PropertyName): Counterexample {
  const result = verify(plan);
  const form = result.properties[0];
  if (property !== "wellformed")
    expect(form?.counterexample?.story, "the plan must stay well-formed").toBeUndefined();
  expect(result.ok).toBe(false);
  return found(
    result.properties.find((each) => each.name === property)?.counterexample,
    `failed ${property}`,
  );
}

/** Ids of the launches that a counterexample speaks of. */
export const launchesIn = (counterexample: Counterexample): readonly string[] =>
  counterexample.launches.map((each) => each.launch);

export const storyOf = (counterexample: Counterexample): string => counterexample.story.join("\n");

/** Gives rank 1 a role of its own, whose layers run the cell `other`. */
export function splitRoles(plan: LaunchPlan, other: Cell): void {
  plan.cells.push(other);
  const role = found(plan.roles[0], "role");
  role.ranks = [0];
  plan.roles.push({
    ...role,
    name: "second",
    ranks: [1],
    timeline: role.timeline.map((entry) => (entry.cell === "moe" ? { ...entry, cell: other.name } : entry)),
  });
}

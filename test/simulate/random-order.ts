// Other issue orders of a compiled plan that keep what it is right by: the order within each stream, communicator and
// micro-batch, and of launches that share an event. What is left open is whose launches the host issues when.
import type { Cell, Launch, LaunchPlan } from "../../src/plan/index.js";

/** The plan with its cells in another order. `pick(n)` says which of n launches, none of which must wait for another, is next. */
export const reordered = (plan: LaunchPlan, pick: (among: number) => number): LaunchPlan => ({
  ...plan,
  cells: plan.cells.map((cell) => ({ ...cell, launches: order(plan, cell, pick) })),
});

function order(plan: LaunchPlan, { launches }: Cell, pick: (among: number) => number): Launch[] {
  const keys = launches.map((launch) => keysOf(plan, launch));
  const left = new Set(launches.keys());
  const ordered: Launch[] = [];
  while (left.size > 0) {
    const taken = new Set<string>();
    const next: number[] = [];
    for (const at of left) {
      if (keys[at]!.every((key) => !taken.has(key))) next.push(at);
      for (const key of keys[at]!) taken.add(key);
    }
    const chosen = next[pick(next.length)]!;
    left.delete(chosen);
    ordered.push(launches[chosen]!);
  }
  return ordered;
}

/** Launches with a key in common stay in order. */
function keysOf(plan: LaunchPlan, launch: Launch): readonly string[] {
  const common = [
    `micro-batch ${String(launch.micro_batch)}`,
    ...launch.waits.map((event) => `event ${event}`),
  ];
  if (launch.kind === "read_counts" || launch.kind === "rounds") return common;
  return [
    ...common,
    `stream ${launch.stream}`,
    ...launch.records.map((event) => `event ${event}`),
    ...(launch.kind === "transfer" ? [`communicator ${communicatorOf(plan, launch)}`] : []),
  ];
}

function communicatorOf({ exchanges }: LaunchPlan, launch: Extract<Launch, { kind: "transfer" }>): string {
  const exchange = exchanges.find(({ name }) => name === launch.exchange);
  return exchange?.phases.find(({ name }) => name === launch.phase)?.group ?? exchange?.group ?? "";
}

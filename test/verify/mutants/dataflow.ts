// The argument that serves most mutants which do no harm: where launches are the same and only their order, streams, events,
// communicators or addresses differ, a mutant gives the same results if, first, any two launches that touch the same bytes, one of
// them writing, are ordered in every execution, and second, run one after the other in host order each launch finds what it found
// before. All waits point back in host order, on every rank the same, so every launch starts at last.
import type { LaunchPlan } from "../../../src/plan/index.js";
import { meaningOf } from "./meaning.js";
import { ancestorsOf, conflict, stepsOf, traceOf, type Step } from "./trace.js";

/** The words of the argument where it holds. */
export function sameDataflow(plan: LaunchPlan, mutant: LaunchPlan): string | undefined {
  if (plan.roles.length !== 1 || mutant.roles.length !== 1 || !haveSameLaunches(plan, mutant))
    return undefined;
  if (!fitsMemory(mutant)) return undefined;
  const [before, after] = [stepsOf(plan), stepsOf(mutant)];
  if (!sameEntries(new Set(before.map(({ key }) => key)), new Set(after.map(({ key }) => key))))
    return undefined;
  if (!areOrdered(mutant, after)) return undefined;
  const [variants, others] = [casesOf(before), casesOf(after)];
  if (variants.length > MOST_CASES || variants.length !== others.length) return undefined;
  for (const [at, steps] of variants.entries()) {
    const [found, finds] = [traceOf(plan, steps), traceOf(mutant, others[at]!)];
    for (const [read, what] of found) if (finds.get(read) !== what) return undefined;
  }
  return "every two launches with common bytes stay in order, and each finds what it found before";
}

/** Cases of rounds acting or not that are tried. */
const MOST_CASES = 64;

/**
 * An entry of kind rounds acts in some uses of its exchange and not in others. Where it does, the launches that it makes again touch
 * nothing in their own places, and it touches its operands; else it touches nothing.
 */
function casesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const entries = steps
    .filter(({ launch }) => launch.kind === "rounds")
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (entries.length > Math.log2(MOST_CASES)) return [];
  return Array.from({ length: 2 ** entries.length }, (_, mask) => {
    const acts = entries.filter((_entry, at) => (mask >> at) % 2 === 1);
    return steps.map((step) => (isIdle(step, acts) ? { ...step, touches: [] } : step));
  });
}

function isIdle({ key, launch, layer, microBatch }: Step, acts: readonly Step[]): boolean {
  if (launch.kind === "rounds") return !acts.some((each) => each.key === key);
  return acts.some(
    (entry) =>
      entry.launch.kind === "rounds" &&
      entry.launch.exchange === launch.exchange &&
      entry.layer === layer &&
      entry.microBatch === microBatch &&
      entry.launch.launches.includes(launch.id),
  );
}

const sameEntries = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));

/** Whether two plans differ in order, streams, events, communicators and addresses alone. */
function haveSameLaunches(plan: LaunchPlan, mutant: LaunchPlan): boolean {
  const [one, other] = [withoutOrder(plan), withoutOrder(mutant)];
  return one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** A plan without what orders its launches and places its buffers; undefined where a communicator is of other ranks than its exchange's. */
function withoutOrder(whole: LaunchPlan): unknown {
  const plan = meaningOf(whole);
  const instances = new Map(plan.groups.map((each) => [each.name, JSON.stringify(each.instances)]));
  for (const exchange of plan.exchanges)
    for (const { group } of exchange.phases)
      if (group !== undefined && instances.get(group) !== instances.get(exchange.group)) return undefined;
  return {
    ...plan,
    why: undefined,
    groups: [],
    exchanges: plan.exchanges.map((exchange) => ({
      ...exchange,
      group: instances.get(exchange.group),
      phases: exchange.phases.map((phase) => ({ ...phase, group: undefined })),
    })),
    roles: plan.roles.map(({ ranks }) => ranks),
    memory: {
      alignment: plan.memory.alignment_bytes,
      buffers: plan.memory.buffers.map((buffer) => ({ ...buffer, region: undefined, instances: undefined })),
    },
    cells: plan.cells.map((cell) => ({
      ...cell,
      launches: cell.launches
        .map((launch) => ({
          ...launch,
          waits: undefined,
          operands: launch.operands.map((each) => ({ ...each, instance: undefined })),
          ...(launch.kind === "compute" || launch.kind === "transfer"
            ? { records: undefined, stream: undefined }
            : {}),
        }))
        .sort((left, right) => (left.id < right.id ? -1 : 1)),
    })),
  };
}

/** Whether every buffer lies, aligned, within the device's memory. */
function fitsMemory({ memory, machine }: LaunchPlan): boolean {
  const { regions, buffers, total, alignment_bytes: alignment } = memory;
  const offsets = new Map(regions.map((each) => [each.name, each.offset.value]));
  return (
    total.value <= machine.gpu.memory_bytes &&
    buffers.every(({ region, instances, instance_bytes: { value } }) => {
      const offset = offsets.get(region);
      if (offset === undefined) return false;
      return (
        offset % alignment === 0 && value % alignment === 0 && offset + instances.value * value <= total.value
      );
    })
  );
}

function areOrdered(plan: LaunchPlan, steps: readonly Step[]): boolean {
  const ancestors = ancestorsOf(plan, steps);
  return steps.every(({ launch, touches }, later) => {
    // Where rounds act they run alone on their rank, and else they touch nothing.
    if (launch.kind === "rounds") return true;
    for (let earlier = 0; earlier < later; earlier++) {
      const other = steps[earlier]!;
      if (other.launch.kind === "rounds" || ancestors[later]!.has(earlier)) continue;
      if (touches.some((one) => other.touches.some((each) => conflict(one, each)))) return false;
    }
    return touches.every((one, at) => touches.every((each, place) => at === place || !conflict(one, each)));
  });
}

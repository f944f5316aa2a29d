// Law: the plan asks for no more than NCCL, CUDA and the machine give: operations of a group, CTAs of a communicator,
// GPUs; and every event joins one launch that records it with one that waits, on one stream each.
import { extend, isOnHost, type Cell, type Step } from "../plan/index.js";
import { valueOf } from "./evaluate.js";
import type { Facts } from "./facts.js";
import { count, grouped, type Counterexample, type Verdict } from "./result.js";
import { aboutPlan } from "./story.js";

/** NCCL refuses groups of more operations. Source: NCCL user guide, group calls ("up to 2048 NCCL operations"). */
const MOST_GROUP_OPERATIONS = 2048;
/** NCCL_MAX_CTAS is at most 64. Source: NCCL user guide, environment variables. */
const MOST_COMMUNICATOR_SMS = 64;

export function limits(facts: Facts): Verdict {
  const { plan } = facts;
  const phases = plan.exchanges.reduce((sum, each) => sum + each.phases.length, 0);
  const events = new Set(
    plan.cells.flatMap((cell) => cell.launches.flatMap((each) => (isOnHost(each) ? [] : each.records))),
  );
  const checked = `${count(phases, "phase")} of at most ${grouped(MOST_GROUP_OPERATIONS)} operations, ${count(plan.groups.length, "communicator")}, ${count(events.size, "event")}`;
  const assumptions = ["NCCL 2.x accepts what its user guide says it accepts"];
  for (const counterexample of faults(facts)) return { checked, assumptions, counterexample };
  return { checked, assumptions };
}

function* faults(facts: Facts): Iterable<Counterexample> {
  const { plan } = facts;
  if (plan.world > plan.machine.gpus)
    yield aboutPlan(
      [`the plan has ${plan.world} ranks, the machine ${plan.machine.gpus} GPUs`],
      plan.schedule.span,
      plan.machine.span,
    );
  for (const { name, sms } of plan.groups) {
    const powerOfTwo = sms === 0 || Number.isInteger(Math.log2(sms));
    if (!powerOfTwo || sms > MOST_COMMUNICATOR_SMS)
      yield aboutPlan([
        `communicator \`${name}\` takes ${sms} SMs; NCCL takes a power of two up to ${MOST_COMMUNICATOR_SMS}`,
      ]);
    if (sms >= plan.machine.gpu.sms)
      yield aboutPlan(
        [
          `communicator \`${name}\` takes ${sms} SMs of ${plan.machine.gpu.sms}, which leaves none for compute`,
        ],
        plan.machine.span,
      );
  }
  for (const exchange of plan.exchanges) {
    const { size } = facts.index.group(exchange.group);
    const { span } = facts.index.node(exchange.block, exchange.dispatch);
    for (const phase of exchange.phases)
      for (let rank = 0; rank < size; rank++) {
        const operations = phase.steps.reduce((sum, step) => sum + operationsOf(facts, step, rank), 0);
        if (operations > MOST_GROUP_OPERATIONS)
          yield aboutPlan(
            [
              `phase \`${phase.name}\` of \`${exchange.name}\` has ${grouped(operations)} sends and receives on rank ${rank}`,
              `NCCL takes ${grouped(MOST_GROUP_OPERATIONS)} in one group`,
            ],
            span,
          );
      }
  }
  for (const cell of plan.cells) yield* eventFaults(cell);
}

/** Sends and receives of one rank in one step; what it keeps is copied without NCCL. */
function operationsOf(facts: Facts, { to, from }: Step, rank: number): number {
  const environment = extend(facts.index.environment, { rank });
  return [to, from].filter((peer) => valueOf(peer, environment) !== rank).length;
}

function* eventFaults(cell: Cell): Iterable<Counterexample> {
  const recorders = new Map<string, Cell["launches"][number]>();
  const waiters = new Map<string, Cell["launches"][number]>();
  for (const launch of cell.launches) {
    for (const [events, known, does] of [
      [isOnHost(launch) ? [] : launch.records, recorders, "record"],
      [launch.waits, waiters, "wait for"],
    ] as const)
      for (const event of events) {
        const other = known.get(event);
        if (other !== undefined)
          yield {
            story: [
              `\`${other.id}\` and \`${launch.id}\` of cell \`${cell.name}\` both ${does} event \`${event}\``,
            ],
            spans: [other.span, launch.span],
            launches: [],
          };
        known.set(event, launch);
      }
  }
}

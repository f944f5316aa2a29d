// Timelines name cells, layers, micro-batches, streams and buffer instances that exist, and are short enough to unfold.
import { dimensionEnvironment, extend, isOnHost, type LaunchPlan, type Role } from "../../plan/index.js";
import { integerOf } from "../evaluate.js";
import { complaint, wholeNumber, type Complaint } from "./complaint.js";

/** Launches of all roles together that are unfolded and checked, and (layer, micro-batch) pairs of one role. */
const MOST_LAUNCHES = 1_000_000;
const MOST_PAIRS = 1_000_000;

export function* timelinesAreDefinite(plan: LaunchPlan): Iterable<Complaint> {
  const layers = plan.model.layers.reduce((sum, run) => sum + run.repeat, 0);
  const cells = new Map(plan.cells.map((each) => [each.name, each]));
  let launches = 0;
  yield* wholeNumber("layers times micro-batches", layers * plan.schedule.micro_batches, 1, MOST_PAIRS);
  for (const role of plan.roles) {
    let pairs = 0;
    for (const entry of role.timeline) {
      const what = `role \`${role.name}\``;
      const cell = cells.get(entry.cell);
      if (cell === undefined) {
        yield complaint(`${what} runs the cell \`${entry.cell}\`, which does not exist`);
        continue;
      }
      for (const { id, layer_offset = 0 } of cell.launches) {
        const [first, last] = [entry.layer + layer_offset, entry.layer + entry.repeat - 1 + layer_offset];
        if (first < 0 || last >= layers)
          yield complaint(
            `${what} runs \`${cell.name}.${id}\` for layer ${first < 0 ? first : last} of ${layers}`,
          );
      }
      if (entry.micro_batch + cell.micro_batches > plan.schedule.micro_batches)
        yield complaint(
          `${what} runs cell \`${cell.name}\` from micro-batch ${entry.micro_batch}, beyond the last of ${plan.schedule.micro_batches}`,
        );
      pairs += entry.repeat * cell.micro_batches;
      yield* wholeNumber(`the layers of ${what}, over its micro-batches,`, pairs, 0, MOST_PAIRS);
      launches += entry.repeat * cell.launches.length;
      yield* wholeNumber("the number of launches of all roles", launches, 0, MOST_LAUNCHES);
    }
  }
  for (const role of plan.roles) yield* roleIsDefinite(plan, role);
}

function* roleIsDefinite(plan: LaunchPlan, role: Role): Iterable<Complaint> {
  const dimensions = dimensionEnvironment(plan.dimensions);
  const streams = new Set(role.streams.map((each) => each.name));
  const instances = new Map(plan.memory.buffers.map((each) => [each.name, each.instances.value]));
  const cells = new Map(plan.cells.map((each) => [each.name, each]));
  for (const entry of role.timeline)
    for (const launch of cells.get(entry.cell)?.launches ?? []) {
      const what = `launch \`${entry.cell}.${launch.id}\``;
      if (!isOnHost(launch) && !streams.has(launch.stream))
        yield complaint(
          `${what} runs on stream \`${launch.stream}\`, which role \`${role.name}\` does not have`,
          launch.span,
        );
      if (launch.kind === "transfer") {
        const outside = role.ranks.find((rank) => !communicates(plan, launch.exchange, rank));
        if (outside !== undefined)
          yield complaint(`${what} runs on rank ${outside}, which is not in its communicator`, launch.span);
      }
      for (const { name, buffer, instance } of launch.operands) {
        const last = (instances.get(buffer) ?? 0) - 1;
        if (instance === 0) continue;
        const offset = launch.layer_offset ?? 0;
        for (let layer = entry.layer + offset; layer < entry.layer + entry.repeat + offset; layer++) {
          const value = integerOf(instance, extend(dimensions, { layer }), 0, last);
          if (typeof value !== "number")
            yield complaint(
              `${what}, operand \`${name}\`, instance of \`${buffer}\` at layer ${layer}: ${value.problem}`,
              launch.span,
            );
        }
      }
    }
}

function communicates(plan: LaunchPlan, exchangeName: string, rank: number): boolean {
  const exchange = plan.exchanges.find((each) => each.name === exchangeName);
  const group = plan.groups.find((each) => each.name === exchange?.group);
  return group?.instances.some((each) => each.includes(rank)) ?? false;
}

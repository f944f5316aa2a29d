// What is there before the step is there once: each weight and each table has one buffer, of the extents that the placement's
// tables have, with an instance for each layer that has tables of its own.
import {
  dimensionEnvironment,
  mostSlots,
  mostTurns,
  variesByLayer,
  type Buffer,
  type LaunchPlan,
  type Placement,
  type TableInit,
} from "../../plan/index.js";
import { valueOf } from "../evaluate.js";
import { complaint, type Complaint } from "./complaint.js";

export function* contentsAreThereOnce(plan: LaunchPlan): Iterable<Complaint> {
  const owners = new Map<string, string>();
  for (const { name, init } of plan.memory.buffers) {
    if (init === undefined) continue;
    const { kind, ...content } = init;
    const key =
      init.kind === "weight"
        ? JSON.stringify([kind, init.block, init.node, init.weight])
        : JSON.stringify([kind, content]);
    const other = owners.get(key);
    if (other !== undefined)
      yield complaint(`buffers \`${other}\` and \`${name}\` begin with the same ${kind}`);
    owners.set(key, name);
  }
  for (const buffer of plan.memory.buffers) {
    yield* formatFits(plan, buffer);
    yield* extentsFit(plan, buffer);
  }
}

/** A router's weights are of class `gate`, those of other nodes of class `weights`; state is of class `cache`. */
function* formatFits(plan: LaunchPlan, { name, init, precision }: Buffer): Iterable<Complaint> {
  if (init?.kind !== "weight" && init?.kind !== "state") return;
  const node = plan.model.blocks
    .find((each) => each.name === init.block)
    ?.nodes.find((each) => each.id === init.node);
  const ofGate = node?.output.kind === "gate";
  const expected = init.kind === "state" ? "cache" : ofGate ? "gate" : "weights";
  if (precision !== expected)
    yield complaint(
      `buffer \`${name}\` begins with ${init.kind} of precision \`${precision}\` instead of \`${expected}\``,
    );
}

function* extentsFit(plan: LaunchPlan, { name, init, shape, instances }: Buffer): Iterable<Complaint> {
  if (init?.kind !== "table" && init?.kind !== "weight") return;
  const placement = plan.placements.find((each) => each.name === init.placement);
  if (placement === undefined) return;
  const environment = dimensionEnvironment(plan.dimensions);
  // `memory` has seen to it that extents have values.
  const stated = shape.flatMap((extent) => {
    const value = valueOf(extent, environment);
    return typeof value === "number" ? value : [];
  });
  if (init.kind === "weight") {
    if (stated[0] !== mostSlots(placement))
      yield complaint(
        `buffer \`${name}\` has weights for ${stated[0] ?? 0} slots, but a rank has up to ${mostSlots(placement)}`,
      );
    return;
  }
  if (init.table === "atom_rows" && !hasFixedRows(plan, placement))
    yield complaint(
      `buffer \`${name}\` says how many rows atoms have, which no exchange of its placement fixes`,
    );
  const extents = tableExtents(placement, init.table);
  if (JSON.stringify(stated) !== JSON.stringify(extents))
    yield complaint(
      `buffer \`${name}\` of [${stated.join(", ")}] holds \`${init.table}\`, which is [${extents.join(", ")}]`,
    );
  const needed = variesByLayer(init.table) ? placement.layers.length : 1;
  if (instances.value !== needed)
    yield complaint(
      `buffer \`${name}\` has ${instances.value} instances of \`${init.table}\`, but there are ${needed}`,
    );
}

const hasFixedRows = ({ exchanges }: LaunchPlan, { name }: Placement): boolean =>
  exchanges.some((each) => each.placement === name && each.atom_rows !== undefined);

function tableExtents(placement: Placement, table: TableInit["table"]): readonly number[] {
  const ranks = placement.slot_begin.length - 1;
  switch (table) {
    case "replica_begin":
      return [placement.experts + 1];
    case "replica_slot":
      return [mostTurns(placement)];
    case "slot_begin":
      return [ranks + 1];
    case "atom_rows":
      return [ranks, mostSlots(placement)];
    default:
      return table satisfies never;
  }
}

// Damage that no plan can tell of: a plan does not say which operands an operator's part has, nor which of them is which. Where one
// launch is the only one of its operator's part, an operand may be missing, or two may change places; the verifier says that it takes
// this for granted.
import type { Launch, LaunchPlan } from "../../../src/plan/index.js";

const PART =
  "a kernel computes the part of the operator that its launch names, from the operands that this part has";
const PLACES =
  "operands of an operator's part that may stand for one another (two weights of one node, say) are not exchanged wherever the plan launches it";

/** The assumption that a mutant contradicts: all it changes is what the operands are of launches that have none beside them. */
export function againstAssumption(plan: LaunchPlan, mutant: LaunchPlan): string | undefined {
  if (JSON.stringify(withoutBuffers(plan)) !== JSON.stringify(withoutBuffers(mutant))) return undefined;
  const alone = plan.cells.every((cell, which) =>
    cell.launches.every((launch, at) => {
      const { operands } = mutant.cells[which]!.launches[at]!;
      return (
        JSON.stringify(operands) === JSON.stringify(launch.operands) ||
        plan.cells.flatMap((each) =>
          each.launches.filter(
            (other) => partOf(plan, each.block, other) === partOf(plan, cell.block, launch),
          ),
        ).length === 1
      );
    }),
  );
  if (!alone) return undefined;
  const count = ({ cells }: LaunchPlan): number =>
    cells.flatMap(({ launches }) => launches.flatMap(({ operands }) => operands)).length;
  return count(plan) === count(mutant) ? PLACES : PART;
}

function partOf(plan: LaunchPlan, blockName: string, launch: Launch): string {
  const block = plan.model.blocks.find(({ name }) => name === blockName)!;
  const { op } = block.nodes.find(({ id }) => id === launch.node)!;
  return `${op} ${launch.kind === "compute" ? launch.part : launch.id}`;
}

/** A plan but for what launches read, and through which operand they write what they write. */
const withoutBuffers = (plan: LaunchPlan): unknown => ({
  ...plan,
  cells: plan.cells.map((cell) => ({
    ...cell,
    launches: cell.launches.map((launch) => ({
      ...launch,
      operands: launch.operands
        .filter((each) => each.access !== "read")
        .map(({ buffer, instance, access }) => JSON.stringify([buffer, instance, access]))
        .sort(),
    })),
  })),
});

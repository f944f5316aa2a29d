// Blocks are graphs in topological order, layers follow one another, and there are no more than can be checked.
import { dimensionEnvironment, type LaunchPlan } from "../../plan/index.js";
import { integerOf } from "../evaluate.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "./complaint.js";

/** More layers than this are not checked; no model has them. */
const MOST_LAYERS = 1_000_000;

export function* modelIsDefinite(plan: LaunchPlan): Iterable<Complaint> {
  const { blocks, layers } = plan.model;
  yield* duplicates(
    "blocks",
    blocks.map((each) => each.name),
  );
  const dimensions = dimensionEnvironment(plan.dimensions);
  for (const block of blocks) {
    yield* duplicates(`nodes of block \`${block.name}\``, [
      block.input.name,
      ...block.nodes.map((each) => each.id),
    ]);
    const known = new Set([block.input.name]);
    for (const node of block.nodes) {
      for (const input of node.inputs)
        if (!known.has(input))
          yield complaint(
            `node \`${node.id}\` reads \`${input}\`, which does not stand before it`,
            node.span,
          );
      known.add(node.id);
    }
    if (!known.has(block.result))
      yield complaint(
        `block \`${block.name}\` returns \`${block.result}\`, which it does not have`,
        block.span,
      );
    for (const { type, span, what } of [
      { type: block.input.type, span: block.span, what: `the input of block \`${block.name}\`` },
      ...block.nodes.map((node) => ({ type: node.output, span: node.span, what: `node \`${node.id}\`` })),
    ]) {
      // How many rows were routed, run-time counts say.
      for (const extent of type.kind === "routed" ? type.shape.slice(1) : type.shape) {
        const value = integerOf(extent, dimensions, 0, Number.MAX_SAFE_INTEGER);
        if (typeof value !== "number") yield complaint(`the shape of ${what}: ${value.problem}`, span);
      }
    }
  }
  let next = 0;
  for (const run of layers) {
    if (!blocks.some((each) => each.name === run.block))
      yield complaint(`layer ${run.first} uses the block \`${run.block}\`, which does not exist`, run.span);
    if (run.first !== next)
      yield complaint(
        `a run of layers begins at ${run.first}, but the one before it ends at ${next}`,
        run.span,
      );
    yield* wholeNumber("the number of layers", (next += run.repeat), 1, MOST_LAYERS);
  }
}

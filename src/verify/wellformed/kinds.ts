// Values are of kinds that fit where they are made and taken: rows come of dispatches and of what is lifted over the experts,
// until a combine gathers them; a gate is what exchanges follow, and chooses so many of so many experts; the rest is tokens.
import {
  dimensionEnvironment,
  type Block,
  type Exchange,
  type LaunchPlan,
  type Node,
  type TensorType,
} from "../../plan/index.js";
import { integerOf, valueOf } from "../evaluate.js";
import { complaint, type Complaint } from "./complaint.js";

export function* kindsFit(plan: LaunchPlan): Iterable<Complaint> {
  for (const block of plan.model.blocks) {
    const exchanges = plan.exchanges.filter((each) => each.block === block.name);
    const byName = new Map(block.nodes.map((node) => [node.id, node]));
    for (const node of block.nodes)
      for (const problem of nodeProblems(block, node, exchanges, byName))
        yield complaint(`node \`${block.name}.${node.id}\` ${problem}`, node.span);
  }
  for (const exchange of plan.exchanges) yield* choiceFits(plan, exchange);
  yield* layersFit(plan);
}

/** A layer takes what the one before gives. */
function* layersFit({ model, dimensions }: LaunchPlan): Iterable<Complaint> {
  const environment = dimensionEnvironment(dimensions);
  const text = ({ kind, shape }: TensorType): string =>
    `${kind} [${shape.map((extent) => extentText(valueOf(extent, environment))).join(", ")}]`;
  let given: string | undefined;
  for (const run of model.layers) {
    const block = model.blocks.find((each) => each.name === run.block);
    const result = block?.nodes.find((each) => each.id === block.result);
    if (block === undefined) continue;
    const taken = text(block.input.type);
    const gives = result === undefined ? taken : text(result.output);
    for (const before of run.repeat > 1 ? [given, gives] : [given])
      if (before !== undefined && before !== taken)
        yield complaint(
          `block \`${block.name}\` takes ${taken}, but the layer before gives ${before}`,
          run.span,
        );
    given = gives;
  }
}

const extentText = (value: ReturnType<typeof valueOf>): string =>
  typeof value === "number" ? String(value) : "rows";

function* nodeProblems(
  block: Block,
  node: Node,
  exchanges: readonly Exchange[],
  byName: ReadonlyMap<string, Node>,
): Iterable<string> {
  const { kind, shape, gate } = node.output;
  const dispatch = exchanges.find((each) => each.dispatch === node.id);
  const combine = exchanges.find((each) => each.combine === node.id);
  const taken = node.inputs.flatMap((each) => byName.get(each) ?? []);
  const [rows] = taken.filter(({ output }) => output.kind === "routed");
  if (combine !== undefined && rows === undefined) yield "combines no rows of experts";
  const expected = dispatch?.gate ?? (combine === undefined ? rows?.output.gate : undefined);
  if (kind === "routed" ? expected === undefined : expected !== undefined)
    yield kind === "routed"
      ? "gives rows of experts, but no dispatch has sent them"
      : `gives ${kind}, but takes rows of experts`;
  if (kind === "routed" && gate !== expected)
    yield `gives rows that gate \`${gate ?? ""}\` sent, but takes those of \`${expected ?? ""}\``;
  if (kind === "gate" && !exchanges.some((each) => each.gate === node.id))
    yield "gives a routing decision that no exchange follows";
  if (kind === "ids") yield "gives token ids, which only the model's input is";
  const steered = taken.find(({ output }) => output.kind === "gate");
  if (steered !== undefined && dispatch?.gate !== steered.id && combine?.gate !== steered.id)
    yield `takes the routing decision \`${steered.id}\`, but is neither dispatch nor combine by it`;
  const first = kind === "routed" ? "rows" : block.input.type.shape[0];
  if (JSON.stringify(shape[0]) !== JSON.stringify(first))
    yield `gives ${kind} of another number than \`${JSON.stringify(first)}\``;
}

/** A gate chooses among the experts that its placement places, and no more of them than there are. */
function* choiceFits(plan: LaunchPlan, { block, gate, name, placement }: Exchange): Iterable<Complaint> {
  const node = plan.model.blocks.find((each) => each.name === block)?.nodes.find((each) => each.id === gate);
  const placed = plan.placements.find((each) => each.name === placement)?.experts;
  if (node === undefined || placed === undefined) return;
  const what = `gate \`${block}.${gate}\` of exchange \`${name}\``;
  const environment = dimensionEnvironment(plan.dimensions);
  const { experts = placed, groups = 1, top_groups = groups } = node.dims;
  const { top_k = node.output.shape[1] ?? 0 } = node.dims;
  const values = [experts, groups, top_groups, top_k, node.output.shape[1] ?? 0].map((each) =>
    integerOf(each, environment, 1, Number.MAX_SAFE_INTEGER),
  );
  const problem = values.find((each) => typeof each !== "number");
  if (problem !== undefined) {
    yield complaint(`${what}: ${(problem as { problem: string }).problem}`, node.span);
    return;
  }
  const [all, parts, topParts, chosen, given] = values as [number, number, number, number, number];
  if (all !== placed)
    yield complaint(`${what} chooses among ${all} experts, but its placement places ${placed}`, node.span);
  if (chosen !== given)
    yield complaint(`${what} chooses ${chosen} experts for a token, but gives ${given}`, node.span);
  if (all % parts !== 0 || topParts > parts)
    yield complaint(
      `${what} takes ${topParts} of ${parts} groups of experts, which must divide ${all}`,
      node.span,
    );
  if (chosen > (all / parts) * topParts)
    yield complaint(`${what} chooses ${chosen} of ${(all / parts) * topParts} experts`, node.span);
}

// Damage to what is computed, which launches then no longer do: the model's graph, its layers, its dimensions.
import type { Block, Dimension, Expr, LaunchPlan, Node } from "../../../src/plan/index.js";
import { revalue } from "./revalue.js";
import { mutantsOf, ofNamed, swap, type Damage, type MutantKind } from "./mutant.js";

interface InBlock {
  readonly node: Node;
  readonly block: Block;
  readonly at: number;
}

const ofNodes = (plan: LaunchPlan, damages: (found: InBlock) => Iterable<Damage<InBlock>>) =>
  mutantsOf(
    plan.model.blocks.flatMap((block, which) =>
      block.nodes.map((node, at) => ({
        name: `${block.name}.${node.id}`,
        find: (mutant: LaunchPlan): InBlock => {
          const found = mutant.model.blocks[which]!;
          return { node: found.nodes[at]!, block: found, at };
        },
      })),
    ),
    plan,
    damages,
  );

const ofLayers = (
  plan: LaunchPlan,
  damages: (at: number) => Iterable<Damage<LaunchPlan["model"]["layers"]>>,
) =>
  plan.model.layers.flatMap(({ block }, at) =>
    mutantsOf([{ name: `${block} ${at}`, find: ({ model }: LaunchPlan) => model.layers }], plan, () =>
      damages(at),
    ),
  );

/** Values that a block has before a node: its input, and the nodes above. */
const before = ({ block, at }: InBlock): readonly string[] => [
  block.input.name,
  ...block.nodes.slice(0, at).map(({ id }) => id),
];

export const modelKinds: readonly MutantKind[] = [
  {
    name: "a node that takes another input",
    mutants: (plan) =>
      ofNodes(plan, (found) =>
        found.node.inputs.flatMap((input, port) =>
          before(found)
            .filter((each) => each !== input)
            .map((other) => ({
              what: `${input} -> ${other}`,
              apply: ({ node }) => {
                node.inputs[port] = other;
              },
            })),
        ),
      ),
  },
  {
    name: "a node with one input more",
    mutants: (plan) =>
      ofNodes(plan, (found) =>
        before(found)
          .filter((each) => !found.node.inputs.includes(each))
          .map((other) => ({ what: other, apply: ({ node }) => void node.inputs.push(other) })),
      ),
  },
  {
    name: "a node left out of the model",
    mutants: (plan) =>
      ofNodes(plan, ({ at }) => [
        {
          what: "its users take its input",
          apply: ({ block, node }) => {
            block.nodes.splice(at, 1);
            for (const each of block.nodes)
              each.inputs = each.inputs.map((input) => (input === node.id ? node.inputs[0]! : input));
            if (block.result === node.id) block.result = node.inputs[0]!;
          },
        },
      ]),
  },
  {
    name: "a block that returns another node",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ model }) => model.blocks,
        ({ nodes, input, result }) =>
          [input.name, ...nodes.map(({ id }) => id)]
            .filter((each) => each !== result)
            .map((other) => ({
              what: other,
              apply: (block) => {
                block.result = other;
              },
            })),
      ),
  },
  {
    name: "a node of another result",
    mutants: (plan) =>
      ofNodes(plan, ({ node: { output } }) => [
        ...output.shape.map((extent, at) => ({
          what: `extent ${at}`,
          apply: ({ node }: InBlock) => {
            node.output.shape[at] = ["+", extent, 1];
          },
        })),
        ...(["ids", "tokens", "gate", "routed"] as const)
          .filter((kind) => kind !== output.kind)
          .map((kind) => ({
            what: kind,
            apply: ({ node }: InBlock) => {
              node.output.kind = kind;
            },
          })),
      ]),
  },
  {
    name: "a gate of other experts than there are slots for",
    mutants: (plan) =>
      ofNodes(plan, ({ node: { output, dims } }) =>
        output.kind !== "gate"
          ? []
          : ["experts", "top_k"].flatMap((name) =>
              [1, -1].map((by) => ({
                what: `${name} ${by}`,
                apply: ({ node }) => {
                  node.dims[name] = ["+", dims[name]!, by];
                },
              })),
            ),
      ),
  },
  {
    name: "a run of layers longer or shorter",
    mutants: (plan) =>
      ofLayers(plan, (at) =>
        [1, -1].map((by) => ({
          what: String(by),
          apply: (layers) => {
            layers[at]!.repeat += by;
            for (const later of layers.slice(at + 1)) later.first += by;
          },
        })),
      ),
  },
  {
    name: "layers of another block",
    mutants: (plan) =>
      ofLayers(plan, (at) =>
        plan.model.blocks
          .filter(({ name }) => name !== plan.model.layers[at]!.block)
          .map(({ name }) => ({
            what: name,
            apply: (layers) => {
              layers[at]!.block = name;
            },
          })),
      ),
  },
  {
    name: "runs of layers exchanged",
    mutants: (plan) =>
      ofLayers(plan, (at) =>
        at === 0
          ? []
          : [
              {
                apply: (layers) => {
                  swap(layers, at - 1, at);
                  for (const [place, run] of layers.entries())
                    run.first = layers.slice(0, place).reduce((sum, { repeat }) => sum + repeat, 0);
                },
              },
            ],
      ),
  },
  {
    name: "other micro-batches than the schedule's",
    mutants: (plan) =>
      [1, -1]
        .filter((by) => plan.schedule.micro_batches + by > 0)
        .map((by) => ({
          place: String(by),
          apply: ({ schedule }) => {
            schedule.micro_batches += by;
          },
        })),
  },
  {
    name: "a dimension that does not follow from others",
    mutants: (plan) =>
      plan.dimensions.map(({ name }, at) => ({
        place: name,
        // The values that follow from it are left as they were.
        apply: (mutant: LaunchPlan) => {
          mutant.dimensions[at]!.value++;
        },
        harmless: (mutant: LaunchPlan) => {
          const followed = structuredClone(mutant);
          revalue(followed);
          const nothingFollows = JSON.stringify(followed) === JSON.stringify(mutant);
          return nothingFollows ? asAnotherModel(plan, mutant, 1) : undefined;
        },
      })),
  },
  {
    name: "another value of a dimension, wherever it counts",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ dimensions }) => dimensions,
        ({ kind }) =>
          kind === "derived"
            ? []
            : [1, -1].map((by) => ({
                what: String(by),
                apply: (dimension) => {
                  dimension.value = Math.max(0, dimension.value + by);
                },
                harmless: (mutant) => asAnotherModel(plan, mutant, by),
              })),
      ),
  },
];

/** Kinds of dimensions whose values nothing of a plan but its arithmetic follows from; a gate's are in its node. */
const FREE: readonly Dimension["kind"][] = [
  "width",
  "vocab",
  "heads",
  "sequences",
  "length",
  "context",
  "dtype_bytes",
  "top_k",
  "groups",
];

/**
 * A plan is written over dimensions: with other widths, lengths or number formats it is the plan of another model, as its
 * miniature is, where nothing but values follows from them. With a larger bound there is more room than declared.
 */
function asAnotherModel(plan: LaunchPlan, mutant: LaunchPlan, by: number): string | undefined {
  if (JSON.stringify(wordsOf(plan)) !== JSON.stringify(wordsOf(mutant))) return undefined;
  const changed = plan.dimensions.filter(
    (each, at) => each.kind !== "derived" && mutant.dimensions[at]!.value !== each.value,
  );
  if (changed.every(({ kind }) => FREE.includes(kind)) && gatesCanChoose(mutant))
    return "the plan of a model of another size, all of which follows";
  return changed.every(({ kind }) => kind === "bound") && by > 0 ? "more room than is declared" : undefined;
}

/** Whether there are as many experts as each gate chooses, in the groups that it takes. */
function gatesCanChoose({ model, dimensions }: LaunchPlan): boolean {
  const values = new Map(dimensions.map(({ name, value }) => [name, value]));
  const valueOf = (expr: Expr = 1): number => (typeof expr === "string" ? values.get(expr)! : Number(expr));
  return model.blocks
    .flatMap(({ nodes }) => nodes)
    .filter(({ output }) => output.kind === "gate")
    .every(({ dims: { experts, top_k, groups, top_groups } }) => {
      const [all, parts, taken] = [valueOf(experts), valueOf(groups), valueOf(top_groups)];
      return parts > 0 && all % parts === 0 && taken <= parts && valueOf(top_k) <= (all / parts) * taken;
    });
}

/** A plan without the values of its dimensions and of its expressions. */
function wordsOf({ dimensions: _dimensions, ...plan }: LaunchPlan): unknown {
  return JSON.parse(
    JSON.stringify(plan, (_key, each: unknown) =>
      typeof each === "object" && each !== null && "expr" in each && "value" in each ? each.expr : each,
    ),
  );
}

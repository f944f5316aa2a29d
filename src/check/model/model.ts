// A model: its parameters, the blocks that its layers use as graphs of operators, and the layers, with the types of
// what flows from one layer to the next.
import type { Block, Dimension, LayerRun, Model, TensorType } from "../../plan/types.gen.js";
import type { BlockDecl, ModelDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { reportUserOperator } from "../names.js";
import { overridesOf, type Override } from "../overrides.js";
import { evaluateParameters, reportRepeated } from "../parameters.js";
import { BlockEvaluation } from "./block-evaluation.js";
import { Dimensions } from "./dimensions.js";
import { readLayers, type Run } from "./layers.js";
import { ModelScope } from "./model-scope.js";
import { describeType } from "./tensor.js";

export interface CheckedModel {
  readonly model: Model;
  readonly dimensions: readonly Dimension[];
}

/** What the first layer takes. */
const TOKEN_IDS: TensorType = { kind: "ids", shape: ["tokens"] };

/** Checks a model; undefined after reporting errors. */
export function checkModel(
  declaration: ModelDecl,
  overrides: readonly Override[],
  context: Context,
): CheckedModel | undefined {
  const { name, params, blocks, ops } = declaration;
  const advice = "Parameters and blocks of a model share their names. Rename one of the two.";
  reportRepeated(
    ({ kind }) => (kind === "Block" ? "block" : "parameter"),
    [...params, ...blocks],
    advice,
    context,
  );
  for (const each of ops) reportUserOperator(each, context);
  const own = overridesOf(name.text, overrides);
  const parameters = evaluateParameters(`in model "${name.text}"`, params, own, () => undefined, context);
  const scope = new ModelScope(declaration, parameters, new Dimensions(), context);
  const evaluation = new BlockEvaluation(scope);
  reportReserved(blocks, scope);
  const runs = readLayers(scope);
  const layers = runs && typeLayers(runs, evaluation, scope);
  evaluation.checkRemaining(runs?.map((each) => each.block));
  reportUnusedParameters(scope);
  const [firstRun, ...otherRuns] = layers ?? [];
  if (!firstRun) return undefined;
  const used = evaluation.finished();
  return {
    model: {
      name: name.text,
      blocks: [...used],
      layers: [firstRun, ...otherRuns],
      span: context.planSpan(declaration.span),
    },
    dimensions: scope.dimensions.referredBy(used.flatMap(extentsOf)),
  };
}

function typeLayers(
  runs: readonly Run[],
  evaluation: BlockEvaluation,
  scope: ModelScope,
): readonly LayerRun[] | undefined {
  const layers: LayerRun[] = [];
  let type: TensorType | undefined = TOKEN_IDS;
  let first = 0;
  let complete = true;
  for (const run of runs) {
    const { block, repeat, span } = run;
    const result = evaluation.layer(block, type, span);
    if (type && result && repeat > 1 && !evaluation.accepts(block, result)) {
      reportRepetition(run, type, result, scope);
      complete = false;
    }
    complete &&= result !== undefined;
    layers.push({ block: block.name.text, first, repeat, span: scope.context.planSpan(span) });
    type = result;
    first += repeat;
  }
  return complete ? layers : undefined;
}

function reportRepetition(
  { block, repeat, span }: Run,
  input: TensorType,
  result: TensorType,
  { context, dimensions: { environment } }: ModelScope,
): void {
  context.diagnostics.report("layer-mismatch", span, {
    block: block.name.text,
    expectation: `takes ${describeType(input, environment)} and follows itself ${repeat} times`,
    found: describeType(result, environment),
    advice: "A repeated block must return what it takes: tokens of one width.",
  });
}

function reportReserved(blocks: readonly BlockDecl[], scope: ModelScope): void {
  for (const { name } of blocks)
    if (scope.findOperator(name.text))
      scope.context.diagnostics.report("reserved-name", name.span, {
        name: name.text,
        what: "block",
        taken: "an operator",
      });
}

function reportUnusedParameters({ declaration, parameters, context }: ModelScope): void {
  const { name: model } = declaration;
  for (const { name } of declaration.params) {
    if (name.text === "" || parameters.used.has(name.text)) continue;
    context.reportAbsence("unused-parameter", name.span, {
      name: name.text,
      owner: `model "${model.text}"`,
      advice: `Use it as a value, such as "width: ${name.text}", or delete it.`,
    });
  }
}

function extentsOf(block: Block): Block["input"]["type"]["shape"] {
  return [
    ...block.input.type.shape,
    ...block.nodes.flatMap(({ dims, output }) => [...Object.values(dims), ...output.shape]),
  ];
}

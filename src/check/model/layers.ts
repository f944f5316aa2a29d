// `layers = [embed, 32 * moe, head]`: which block each layer evaluates. Types are checked where blocks are evaluated.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { cover, type Span } from "../../diagnostics/span.js";
import type { BlockDecl, Expr, NameExpr } from "../../syntax/ast.js";
import { describeExpression } from "../describe.js";
import { readWhole } from "../values/read.js";
import type { ModelScope } from "./model-scope.js";

export interface Run {
  readonly block: BlockDecl;
  readonly repeat: number;
  readonly span: Span;
}

/** The runs of equal layers, neighbours of one block joined; undefined after reporting any entry that is wrong. */
export function readLayers(scope: ModelScope): readonly Run[] | undefined {
  const { declaration, context } = scope;
  const [layers, ...more] = declaration.layers;
  if (!layers) {
    context.reportAbsence("missing-layers", declaration.name.span, { model: declaration.name.text });
    return undefined;
  }
  for (const { name } of more) {
    const advice = "A model has one list of layers. Join the two.";
    context.diagnostics.report("duplicate-name", name.span, { what: "entry", name: "layers", advice }, [
      { span: layers.name.span, message: "the first stands here" },
    ]);
  }
  if (layers.value.kind === "Error") return undefined;
  if (layers.value.kind !== "List" || layers.value.items.length === 0) {
    const found = layers.value.kind === "List" ? "an empty list" : describeExpression(layers.value);
    const advice = "Write it like [embed, 32 * moe, head].";
    const params = { what: '"layers"', expected: "a list of blocks", found, advice };
    context.diagnostics.report("wrong-value", layers.value.span, params);
    return undefined;
  }
  const runs = layers.value.items.map((item) => readRun(item, scope));
  const known = runs.filter((each): each is Run => each !== undefined);
  return known.length === runs.length ? joinNeighbours(known) : undefined;
}

function readRun(item: Expr, scope: ModelScope): Run | undefined {
  const { context, parameters } = scope;
  if (item.kind === "Error") return undefined;
  const { name, count } = blockAndCount(item, scope);
  if (!name) {
    context.diagnostics.report("wrong-layer", item.span, { found: describeExpression(item) });
    return undefined;
  }
  const block = scope.blocks.get(name.text);
  if (!block) {
    reportUnknownBlock(name, scope);
    return undefined;
  }
  const what = `The number of "${name.text}" layers`;
  const repeat = count ? readWhole(count, what, { min: 1, max: 4096 }, parameters, context)?.value : 1;
  return repeat === undefined ? undefined : { block, repeat, span: item.span };
}

/** `moe`, `32 * moe` or `moe * 32`; the count may be any constant expression. */
function blockAndCount(item: Expr, scope: ModelScope): { name?: NameExpr; count?: Expr } {
  if (item.kind === "Name") return { name: item };
  if (item.kind !== "Binary" || item.op !== "*") return {};
  const { left, right } = item;
  const isCount = (expr: Expr): boolean => expr.kind !== "Name" || scope.parameters.values.has(expr.text);
  if (right.kind === "Name" && isCount(left)) return { name: right, count: left };
  if (left.kind === "Name" && isCount(right)) return { name: left, count: right };
  return right.kind === "Name" ? { name: right, count: left } : {};
}

function reportUnknownBlock({ text, span }: NameExpr, scope: ModelScope): void {
  const { context, blocks } = scope;
  if (context.mayBeBound(span.source, text)) return;
  const suggestion = scope.findOperator(text)
    ? `"${text}" is an operator. Layers are blocks: block ... (x) { return ${text}(x) }.`
    : didYouMean(text, blocks.keys(), `Declare it: block ${text}(x) { ... }.`);
  context.diagnostics.report("unknown-declaration", span, { what: "block", name: text, suggestion });
}

function joinNeighbours(runs: readonly Run[]): readonly Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last?.block !== run.block) joined.push(run);
    else
      joined[joined.length - 1] = {
        block: run.block,
        repeat: last.repeat + run.repeat,
        span: cover(last.span, run.span),
      };
  }
  return joined;
}

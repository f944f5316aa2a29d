// Blocks as layers: each is evaluated once, for the first type it gets, and must get the same again elsewhere.
// Blocks that no layer uses are read for their mistakes alone.
import type { Span } from "../../diagnostics/span.js";
import type { Block, Node, TensorType } from "../../plan/types.gen.js";
import type { BlockDecl } from "../../syntax/ast.js";
import { countOf } from "../describe.js";
import { BlockGraph } from "./body.js";
import { calledNames } from "./called-names.js";
import { checkGates } from "./gates.js";
import type { ModelScope } from "./model-scope.js";
import { reachable, returnOf } from "./statements.js";
import { describeType, unknownTensor, widthValue, type Tensor } from "./tensor.js";

interface Evaluation {
  readonly input: TensorType | undefined;
  /** Type of the result; absent after an error. */
  readonly result: TensorType | undefined;
  readonly block: Block | undefined;
}

export class BlockEvaluation {
  readonly #done = new Map<string, Evaluation>();

  constructor(private readonly scope: ModelScope) {}

  /** The type that a layer of this block returns, given what it gets; undefined where that is not known. */
  layer(declaration: BlockDecl, input: TensorType | undefined, usedAt: Span): TensorType | undefined {
    const name = declaration.name.text;
    const earlier = this.#done.get(name);
    if (!earlier) {
      const evaluation = this.#evaluate(declaration, input);
      this.#done.set(name, evaluation);
      return evaluation.result;
    }
    if (!input || !earlier.input || this.#same(input, earlier.input)) return earlier.result;
    const { environment } = this.scope.dimensions;
    this.scope.context.diagnostics.report("layer-mismatch", usedAt, {
      block: name,
      expectation: `takes ${describeType(earlier.input, environment)} where it is used first`,
      found: describeType(input, environment),
      advice: "One block serves one width. Declare a second block for the other.",
    });
    return undefined;
  }

  accepts(declaration: BlockDecl, type: TensorType): boolean {
    const input = this.#done.get(declaration.name.text)?.input;
    return input !== undefined && this.#same(input, type);
  }

  /** Blocks of the layers, in the order of their first use. Call where every layer had a result. */
  finished(): readonly Block[] {
    return [...this.#done.values()].flatMap(({ block }) => block ?? []);
  }

  /** Reads the blocks that were not reached; warns of those that nothing calls, where the layers are known. */
  checkRemaining(layers: readonly BlockDecl[] | undefined): void {
    const { blocks, context } = this.scope;
    const called = new Set(layers?.flatMap((each) => [...this.#callees(each)]) ?? blocks.keys());
    for (const [name, declaration] of blocks) {
      if (this.#done.has(name) || name === "") continue;
      if (layers && called.has(name)) continue;
      const inputs = declaration.params.map(({ name: { span } }) => unknownTensor(span));
      new BlockGraph(name, this.scope, []).evaluate(declaration, inputs, "", []);
      if (layers) context.reportAbsence("unused-block", declaration.name.span, { name });
    }
  }

  #evaluate(declaration: BlockDecl, input: TensorType | undefined): Evaluation {
    const { context } = this.scope;
    const { name, params } = declaration;
    const [parameter] = params;
    if (!parameter || params.length > 1) {
      const found = countOf(params.length, "value");
      context.reportAbsence("block-input-count", name.span, { block: name.text, found });
      return { input, result: undefined, block: undefined };
    }
    const graph = new BlockGraph(name.text, this.scope, [parameter.name.text]);
    const tensor = { id: parameter.name.text, type: input, span: parameter.name.span };
    const result = graph.evaluate(declaration, [tensor], "", []);
    if (!result.type || !input) return { input, result: undefined, block: undefined };
    if (result.type.kind !== "tokens") {
      this.#reportResult(declaration, result);
      return { input, result: undefined, block: undefined };
    }
    const live = reachable(graph.nodes, result.id);
    const nodes = graph.nodes.filter(({ id }) => live.has(id));
    checkGates(nodes, (node) => this.#sourceSpan(node), context);
    const block: Block = {
      name: name.text,
      input: { name: parameter.name.text, type: input },
      nodes,
      result: result.id,
      span: context.planSpan(declaration.span),
    };
    return { input, result: result.type, block };
  }

  #reportResult(declaration: BlockDecl, result: Tensor): void {
    if (!result.type) return;
    const found = describeType(result.type, this.scope.dimensions.environment);
    const advice =
      result.type.kind === "routed"
        ? "Bring the rows back to their tokens with combine(..., gate) before returning."
        : result.type.kind === "gate"
          ? "Return what the experts computed: combine(..., gate)."
          : "Turn token ids into tokens with embedding(ids, vocab: ...).";
    const span = returnOf(declaration)?.value.span ?? declaration.name.span;
    this.scope.context.diagnostics.report("block-result", span, {
      block: declaration.name.text,
      found,
      advice,
    });
  }

  #same(a: TensorType, b: TensorType): boolean {
    const { environment } = this.scope.dimensions;
    return a.kind === b.kind && widthValue(a, environment) === widthValue(b, environment);
  }

  #sourceSpan({ span: [source, start, end] }: Node): Span {
    return { source: this.scope.context.sources[source]?.uri ?? "", start, end };
  }

  /** Names of the blocks that a block calls, itself among them. */
  #callees(declaration: BlockDecl, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(declaration.name.text)) return seen;
    seen.add(declaration.name.text);
    for (const name of calledNames(declaration)) {
      const callee = this.scope.blocks.get(name);
      if (callee) this.#callees(callee, seen);
    }
    return seen;
  }
}

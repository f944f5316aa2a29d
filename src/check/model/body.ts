// One body of a block, walked statement by statement into nodes: variables, operator calls, calls of other blocks
// (inlined) and `+`. What the operators demand of their inputs and attributes is in inputs.ts and attributes.ts.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Span } from "../../diagnostics/span.js";
import type { Operator } from "../../operators/operator.js";
import type { Node } from "../../plan/types.gen.js";
import type { Argument, BlockDecl, CallExpr, Expr, Ident, Let } from "../../syntax/ast.js";
import { countOf, describeExpression } from "../describe.js";
import type { ModelScope } from "./model-scope.js";
import { NodeIds } from "./node-ids.js";
import { callOperator, hasInputCount } from "./operator-call.js";
import { checkStatements, reportUnused, returnOf, type Variable } from "./statements.js";
import { unknownTensor, type Tensor } from "./tensor.js";

/** How the nodes of one statement are called. */
interface Naming {
  /** Before every id: the calls of blocks that are being inlined. */
  readonly prefix: string;
  /** The variable that the statement binds. */
  readonly variable?: string;
  /** Whether the node at hand computes the statement's own value. */
  readonly outermost: boolean;
}

/** The nodes of one layer's block. */
export class BlockGraph {
  readonly nodes: Node[] = [];
  readonly #ids: NodeIds;

  constructor(
    private readonly block: string,
    private readonly scope: ModelScope,
    inputs: readonly string[],
  ) {
    this.#ids = new NodeIds(inputs);
  }

  /** Evaluates a body with these values for the block's parameters. `callers` are the blocks being inlined. */
  evaluate(
    declaration: BlockDecl,
    inputs: readonly Tensor[],
    prefix: string,
    callers: readonly string[],
  ): Tensor {
    const { context, parameters } = this.scope;
    checkStatements(declaration, parameters.values, context);
    const lets = declaration.body.filter((each): each is Let => each.kind === "Let");
    this.#ids.reserve(lets.map((each) => prefix + each.name.text));
    const variables = new Map<string, Variable>();
    declaration.params.forEach(({ name }, index) => {
      const tensor = inputs[index] ?? unknownTensor(name.span);
      variables.set(name.text, { tensor: { ...tensor, span: name.span }, used: true });
    });
    const body = { declaration, variables, callers: [...callers, declaration.name.text] };
    for (const { name, value } of lets) {
      const tensor = this.#expression(value, { prefix, variable: name.text, outermost: true }, body);
      if (!variables.has(name.text)) variables.set(name.text, { tensor, used: false });
    }
    const last = returnOf(declaration);
    if (!last) return unknownTensor(declaration.name.span);
    const result = this.#expression(last.value, { prefix, outermost: true }, body);
    if (result.type) reportUnused(declaration, variables, this.nodes, result.id, context);
    return result;
  }

  #expression(expr: Expr, naming: Naming, body: Body): Tensor {
    switch (expr.kind) {
      case "Name":
        return this.#variable(expr.text, expr.span, body);
      case "Call":
        return this.#call(expr, naming, body);
      case "Binary": {
        if (expr.op !== "+") break;
        const inner = { ...naming, outermost: false };
        const inputs = [this.#expression(expr.left, inner, body), this.#expression(expr.right, inner, body)];
        const callee: Ident = { kind: "Ident", text: "add", span: expr.opSpan };
        const call: CallExpr = { kind: "Call", span: expr.span, callee, args: [] };
        return this.#node(this.scope.operator("add"), call, inputs, naming);
      }
      case "Error":
        return unknownTensor(expr.span);
      case "Number":
      case "Quantity":
      case "String":
      case "List":
      case "Record":
      case "Unary":
        break;
    }
    return this.#notATensor(expr);
  }

  #notATensor(expr: Expr): Tensor {
    const sign = expr.kind === "Binary" ? expr.op : expr.kind === "Unary" ? expr.op : undefined;
    this.scope.context.diagnostics.report("not-a-tensor", expr.span, {
      found: sign === undefined ? describeExpression(expr) : `"${sign}"`,
      advice:
        sign === undefined
          ? 'Attributes are given by name, such as "width: 14336"; inputs are values of the block.'
          : "Values of a block are joined by + alone. Anything else is an operator's work.",
    });
    return unknownTensor(expr.span);
  }

  #variable(name: string, span: Span, { declaration, variables }: Body): Tensor {
    const { context, parameters } = this.scope;
    const found = variables.get(name);
    if (found) {
      found.used = true;
      return { ...found.tensor, span };
    }
    const later = declaration.body.some((each) => each.kind === "Let" && each.name.text === name);
    const isParameter = parameters.values.has(name);
    if (isParameter && !later) parameters.used.add(name);
    if (isParameter && !later) {
      context.diagnostics.report("not-a-tensor", span, {
        found: `the parameter "${name}", a number`,
        advice: `Attributes are given by name, such as "width: ${name}"; inputs are values of the block.`,
      });
    } else if (later || !context.mayBeBound(span.source, name)) {
      const otherwise = 'Bind it with "name = value" before it is used.';
      const suggestion = later
        ? "It is bound further down. Move that line up."
        : didYouMean(name, variables.keys(), otherwise);
      context.diagnostics.report("unknown-variable", span, {
        name,
        block: declaration.name.text,
        suggestion,
      });
    }
    return unknownTensor(span);
  }

  #call(call: CallExpr, naming: Naming, body: Body): Tensor {
    const name = call.callee.text;
    const block = this.scope.blocks.get(name);
    const operator = block ? undefined : this.scope.findOperator(name);
    const inner = { ...naming, outermost: false };
    const positional = call.args.filter((each) => each.name === undefined);
    const inputs = positional.map(({ value }) => this.#expression(value, inner, body));
    if (block) return this.#inline(block, call, inputs, naming, body);
    if (operator) return this.#node(operator, call, inputs, naming);
    this.scope.reportUnknownOperator(call.callee);
    return unknownTensor(call.span);
  }

  #inline(block: BlockDecl, call: CallExpr, inputs: readonly Tensor[], naming: Naming, body: Body): Tensor {
    const { diagnostics } = this.scope.context;
    const name = block.name.text;
    if (body.callers.includes(name)) {
      const cycle = [...body.callers.slice(body.callers.indexOf(name)), name].join(" -> ");
      diagnostics.report("recursive-block", call.callee.span, { block: name, cycle });
      return unknownTensor(call.span);
    }
    const named = call.args.find((each): each is Argument & { name: Ident } => each.name !== undefined);
    if (named) {
      const advice = `The block "${name}" takes ${countOf(block.params.length, "value")} by position. Numbers reach it as parameters of the model.`;
      const params = {
        callee: name,
        expected: countOf(block.params.length, "input"),
        found: `"${named.name.text}" by name`,
        advice,
      };
      diagnostics.report("wrong-input-count", named.span, params);
      return unknownTensor(call.span);
    }
    if (!hasInputCount(call, block.params.length, this.scope)) return unknownTensor(call.span);
    const prefix = `${this.#ids.fresh(naming.prefix + name)}.`;
    return { ...this.evaluate(block, inputs, prefix, body.callers), span: call.span };
  }

  #node(operator: Operator, call: CallExpr, inputs: readonly Tensor[], naming: Naming): Tensor {
    const node = callOperator(
      operator,
      call,
      inputs,
      this.#idFor(operator.name, naming),
      this.block,
      this.scope,
    );
    if (!node) return unknownTensor(call.span);
    this.nodes.push(node);
    return { id: node.id, type: node.output, span: call.span };
  }

  #idFor(operator: string, { prefix, variable, outermost }: Naming): string {
    if (variable === undefined) return this.#ids.fresh(prefix + operator);
    if (outermost) return this.#ids.claim(prefix + variable);
    return this.#ids.fresh(`${prefix}${variable}.${operator}`);
  }
}

interface Body {
  readonly declaration: BlockDecl;
  readonly variables: Map<string, Variable>;
  /** Blocks that are being inlined, the innermost last. */
  readonly callers: readonly string[];
}

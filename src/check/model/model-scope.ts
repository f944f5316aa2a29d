// What the blocks of one model share: parameters, dimensions, each other, and the operators that they may call.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Operator } from "../../operators/operator.js";
import { operators } from "../../operators/registry.js";
import type { BlockDecl, Ident, ModelDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { Scope } from "../values/evaluate.js";
import type { Dimensions } from "./dimensions.js";

export class ModelScope {
  readonly blocks: ReadonlyMap<string, BlockDecl>;

  constructor(
    readonly declaration: ModelDecl,
    readonly parameters: Scope,
    readonly dimensions: Dimensions,
    readonly context: Context,
  ) {
    this.blocks = new Map(declaration.blocks.map((each) => [each.name.text, each]));
  }

  findOperator(name: string): Operator | undefined {
    return operators.get(name);
  }

  /** An operator that the language itself uses. */
  operator(name: string): Operator {
    const found = operators.get(name);
    if (!found) throw new InternalError(`there is no operator ${name}`);
    return found;
  }

  reportUnknownOperator({ text, span }: Ident): void {
    const { diagnostics } = this.context;
    const isUserOperator = this.declaration.ops.some((each) => each.name.text === text);
    if (text === "" || isUserOperator || this.context.mayBeDeclared(text)) return;
    const known = [...this.blocks.keys(), ...operators.keys()];
    const otherwise = `Operators are ${[...operators.keys()].join(", ")}.`;
    diagnostics.report("unknown-operator", span, {
      name: text,
      suggestion: didYouMean(text, known, otherwise),
    });
  }

  /** How a block or an operator is called: `Call it like route(x, experts: ..., top_k: ...).` */
  signatureOf(name: string): string {
    const block = this.blocks.get(name);
    const operator = operators.get(name);
    const inputs =
      block?.params.map((each) => each.name.text) ?? operator?.ports.map((port) => port.name) ?? [];
    const required = (operator?.attributes ?? [])
      .filter((each) => each.kind === "dimension" && each.fallback === undefined)
      .map((each) => `${each.name}: ...`);
    if (!block && name === "add") return "Join two values with +.";
    return `Call it like ${name}(${[...inputs, ...(block ? [] : required)].join(", ")}).`;
  }
}

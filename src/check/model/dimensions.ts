// The named dimensions of a model: a parameter's name where an attribute is given by it alone, else BLOCK.NODE.ATTRIBUTE.
import { namesIn, type Environment } from "../../plan/expression.js";
import type { Dimension, DimensionKind, Expr } from "../../plan/types.gen.js";

/** Names that expressions of the plan give to other things; a parameter of such a name does not name its dimension. */
const RESERVED = new Set([
  ...["tokens", "sequences", "length", "context", "bound_thousandths"],
  ...["rows", "rank", "layer", "in", "all"],
]);
const isReserved = (name: string): boolean => RESERVED.has(name) || name.endsWith("_bytes");

export class Dimensions {
  readonly #byName = new Map<string, Dimension>();

  /** Names the dimension that an attribute has. A parameter that has two kinds names only the first. */
  define(kind: DimensionKind, value: number, parameter: string | undefined, qualified: string): string {
    const named = parameter === undefined || isReserved(parameter) ? undefined : this.#byName.get(parameter);
    const free = parameter !== undefined && !isReserved(parameter) && (!named || named.kind === kind);
    const name = free ? parameter : qualified;
    if (!this.#byName.has(name)) this.#byName.set(name, { name, kind, value });
    return name;
  }

  readonly environment: Environment = (name) => this.#byName.get(name)?.value;

  /** Those that the expressions refer to, in the order in which they were defined. */
  referredBy(exprs: Iterable<Expr>): readonly Dimension[] {
    const names = new Set([...exprs].flatMap(namesIn));
    return [...this.#byName.values()].filter((each) => names.has(each.name));
  }
}

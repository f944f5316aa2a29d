// Expressions of the plan: values, folding, printing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  evaluate,
  expression,
  namesIn,
  printExpression,
  product,
  sum,
  UnknownNameError,
} from "../../src/plan/expression.js";
import type { Expr, ExprOperator } from "../../src/plan/types.gen.js";

const scope: Record<string, number> = { hidden: 24, tokens: 16, rank: 3 };
const environment = (name: string): number | undefined => scope[name];

describe("evaluation", () => {
  it.each<[Expr, number]>([
    [7, 7],
    ["hidden", 24],
    [["+", "rank", 1, 10], 14],
    [["%", ["-", "rank", 5], 8], 6],
    [["/", 7, 2], 3],
    [["ceil_div", 7, 2], 4],
    [["align", 257, 256], 512],
    [["max", 3, "tokens", 5], 16],
    [["min", 3, "tokens", 5], 3],
  ])("%j is %d", (expr, value) => {
    expect(evaluate(expr, environment)).toBe(value);
  });

  it("refuses names that are not in scope", () => {
    expect(() => evaluate(["+", "layer", 1], environment)).toThrow(UnknownNameError);
  });

  it("refuses to divide by zero", () => {
    expect(() => evaluate(["/", "hidden", 0], environment)).toThrow("division by zero");
  });
});

describe("building", () => {
  it("folds numbers and drops what is neutral", () => {
    expect(sum("tokens", 0)).toBe("tokens");
    expect(product(2, "tokens", 1, 3)).toEqual(["*", 6, "tokens"]);
    expect(product("tokens", 0)).toBe(0);
    expect(sum(sum("a", 1), sum("b", 2))).toEqual(["+", 3, "a", "b"]);
    expect(expression("-", "rank", 0)).toBe("rank");
  });

  const leaves = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom("hidden", "tokens", "rank"));
  const operators = fc.constantFrom<ExprOperator>("+", "-", "*", "/", "ceil_div", "%", "min", "max", "align");
  const raw = fc.letrec<{ expr: Expr }>((tie) => ({
    expr: fc.oneof(
      { maxDepth: 4 },
      leaves,
      fc.tuple(operators, tie("expr"), tie("expr")).map((each): Expr => each),
    ),
  })).expr;

  /** Rebuilds an expression through the folding constructor. */
  const rebuild = (expr: Expr): Expr => {
    if (!Array.isArray(expr)) return expr;
    const [operator, ...operands] = expr;
    return expression(operator, ...operands.map(rebuild));
  };

  it("never changes the value", () => {
    fc.assert(
      fc.property(raw, (expr) => {
        let value: number;
        try {
          value = evaluate(expr, environment);
        } catch {
          return;
        }
        expect(evaluate(rebuild(expr), environment)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe("printing", () => {
  it("writes expressions as people do", () => {
    expect(printExpression(["*", ["+", "tokens", 1], "hidden"])).toBe("(tokens + 1) * hidden");
    expect(printExpression(["ceil_div", "hidden", 128])).toBe("ceil_div(hidden, 128)");
  });

  it("lists names in order", () => {
    expect(namesIn(["+", ["*", "a", 2], "b", "a"])).toEqual(["a", "b", "a"]);
  });
});

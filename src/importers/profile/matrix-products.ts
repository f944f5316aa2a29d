// The matrix product that a call of a PyTorch operator makes, by the shapes of its inputs.
import type { Dtype } from "../../plan/index.js";
import type { Measurement } from "./measurement.js";

/** Where an operator has its factors among its inputs, and how they lie. */
interface Factors {
  readonly left: number;
  readonly right: number;
  /** `transposed`: the right one is [n, k], as weights of a layer are. */
  readonly lies: "plain" | "transposed" | "batched" | "grouped";
}

const products: Readonly<Record<string, Factors>> = {
  "aten::mm": { left: 0, right: 1, lies: "plain" },
  "aten::addmm": { left: 1, right: 2, lies: "plain" },
  "aten::_addmm_activation": { left: 1, right: 2, lies: "plain" },
  "aten::_scaled_mm": { left: 0, right: 1, lies: "plain" },
  "aten::linear": { left: 0, right: 1, lies: "transposed" },
  "aten::bmm": { left: 0, right: 1, lies: "batched" },
  "aten::baddbmm": { left: 1, right: 2, lies: "batched" },
  "aten::_grouped_mm": { left: 0, right: 1, lies: "grouped" },
  "aten::_scaled_grouped_mm": { left: 0, right: 1, lies: "grouped" },
};

export const isProduct = (operator: string): boolean => Object.hasOwn(products, operator);

export type Shape = Pick<Measurement, "m" | "n" | "k" | "groups" | "dtype">;

/** Undefined where the shapes are missing or none of a product. */
export function productShape(
  operator: string,
  dims: readonly unknown[],
  types: readonly unknown[],
): Shape | undefined {
  const factors = isProduct(operator) ? products[operator] : undefined;
  if (factors === undefined) return undefined;
  const left = extents(dims[factors.left]);
  const right = extents(dims[factors.right]);
  if (left === undefined || right === undefined) return undefined;
  const k = left.at(-1)!;
  const m = left.slice(0, -1).reduce((all, each) => all * each, 1);
  const dtype = dtypeOf(types[factors.left]);
  const rest = dtype === undefined ? {} : { dtype };
  switch (factors.lies) {
    case "plain":
      return left.length === 2 && right.length === 2 && right[0] === k
        ? { m, n: right[1]!, k, groups: 1, ...rest }
        : undefined;
    case "transposed":
      return right.length === 2 && right[1] === k ? { m, n: right[0]!, k, groups: 1, ...rest } : undefined;
    case "batched":
      // Heads, experts: a batch of products counts as one over all rows, whatever the model divides it by.
      return left.length === 3 && right.length === 3 && right[1] === k
        ? { m, n: right[2]!, k, ...rest }
        : undefined;
    case "grouped":
      return right.length === 3 && right[1] === k
        ? { m, n: right[2]!, k, groups: right[0]!, ...rest }
        : undefined;
    default:
      return factors.lies satisfies never;
  }
}

/** Rows of a tensor of several dimensions: all extents but the last. */
export function rowsOfInput(dims: readonly unknown[]): number | undefined {
  for (const each of dims) {
    const shape = extents(each);
    if (shape !== undefined) return shape.slice(0, -1).reduce((all, extent) => all * extent, 1);
  }
  return undefined;
}

/** Extents of a tensor of at least two dimensions, none of them empty. */
function extents(dims: unknown): readonly number[] | undefined {
  if (!Array.isArray(dims) || dims.length < 2) return undefined;
  const all: unknown[] = dims;
  return all.every((each): each is number => Number.isSafeInteger(each) && (each as number) > 0)
    ? all
    : undefined;
}

/** `c10::BFloat16`, `c10::Float8_e4m3fn`, `float`. */
function dtypeOf(type: unknown): Dtype | undefined {
  if (typeof type !== "string") return undefined;
  const name = type.toLowerCase().replace(/^c10::/, "");
  if (name.startsWith("float8")) return "fp8";
  const known: Readonly<Record<string, Dtype>> = { bfloat16: "bf16", half: "fp16", float: "f32" };
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

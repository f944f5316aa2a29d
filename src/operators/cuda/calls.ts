// What the CUDA launcher of each kernel takes behind its operands: the sizes that the operands' views do not give, then constants.
// Names are those of the kernel's parameters, so that a test can hold the values against `Part.args`.
import { sum } from "../../plan/expression.js";
import type { Expr } from "../../plan/types.gen.js";
import { stateWidth } from "../gqa/parts.js";
import { cachedWidth } from "../mla/widths.js";

export type LauncherArgument = { readonly name: string } & (
  | {
      /** A size, over the node's dims and the schedule's. */
      readonly kind: "size";
      readonly expr: Expr;
    }
  /** A node's option. */
  | { readonly kind: "real"; readonly option: string }
  | { readonly kind: "flag"; readonly option: string; readonly value: string | boolean }
  /** One over the square root of a size. */
  | { readonly kind: "inverse_root"; readonly expr: Expr }
  /** Where the rank is in its exchange; `tags`: words that a copy carries behind its row. */
  | {
      readonly kind: "exchange";
      readonly of: "rank" | "slots" | "nodes" | "node_ranks" | "tags" | "atom_rows";
    }
);

const size = (name: string, expr: Expr = name): LauncherArgument => ({ kind: "size", name, expr });
const sizes = (...names: readonly string[]): readonly LauncherArgument[] => names.map((name) => size(name));
const real = (option: string): LauncherArgument => ({ kind: "real", name: option, option });
const exchange = (
  ...names: readonly Extract<LauncherArgument, { kind: "exchange" }>["of"][]
): readonly LauncherArgument[] => names.map((of) => ({ kind: "exchange", name: of, of }));

/** By `OPERATOR.PART`; parts that are not listed take operands alone. */
const launcherArguments: Readonly<Record<string, readonly LauncherArgument[]>> = {
  "norm.norm": [real("epsilon")],
  "gqa.cache": [...sizes("length", "context", "heads", "kv_heads", "head_dim"), real("theta")],
  "gqa.attend": [
    ...sizes("length", "context", "heads", "kv_heads"),
    size("key_dim", "head_dim"),
    size("value_dim", "head_dim"),
    size("value_begin", ["/", stateWidth, 2]),
    { kind: "inverse_root", name: "scale", expr: "head_dim" },
  ],
  "mla.query": [size("q_rank"), real("epsilon")],
  "mla.cache": [...sizes("length", "context", "q_rank", "kv_rank", "rope"), real("theta"), real("epsilon")],
  "mla.absorb": [...sizes("length", "context", "heads", "kv_rank", "nope", "rope"), real("theta")],
  "mla.attend": [
    ...sizes("length", "context", "heads"),
    size("kv_heads", 1),
    size("key_dim", cachedWidth),
    size("value_dim", "kv_rank"),
    size("value_begin", 0),
    { kind: "inverse_root", name: "scale", expr: sum("nope", "rope") },
  ],
  "mla.value": sizes("heads", "kv_rank", "value"),
  "route.select": [
    ...sizes("experts", "top_k", "groups", "top_groups"),
    { kind: "flag", name: "softmax", option: "score", value: "softmax" },
    { kind: "flag", name: "normalize", option: "normalize", value: true },
    real("scale"),
  ],
  "dispatch.assign": [size("top_k"), ...exchange("rank", "slots")],
  "dispatch.assign_capacity": [...sizes("tokens", "top_k"), ...exchange("rank", "slots", "atom_rows")],
  "dispatch.pack": [size("top_k")],
  "dispatch.pack_capacity": [size("top_k")],
  "dispatch.find_copies": [size("top_k"), ...exchange("nodes", "node_ranks")],
  "dispatch.pack_copies": [size("top_k"), ...exchange("tags", "nodes", "node_ranks")],
  "dispatch.pack_weighted": [size("top_k"), ...exchange("tags", "nodes", "node_ranks")],
  "dispatch.forward": [size("top_k"), ...exchange("tags")],
  "dispatch.forward_weighted": [size("top_k"), ...exchange("tags")],
  "combine.fold": [size("top_k")],
  "combine.reduce": [size("top_k")],
  "combine.reduce_capacity": [size("top_k")],
  "combine.gather": exchange("nodes"),
};

export const launcherArgumentsOf = (operator: string, part: string): readonly LauncherArgument[] =>
  launcherArguments[`${operator}.${part}`] ?? [];

// The arguments of route and the relations that must hold between them.
import type { Attribute, Constraint } from "../operator.js";

export const attributes: readonly Attribute[] = [
  { kind: "dimension", dimension: "experts", name: "experts", summary: "Experts." },
  { kind: "dimension", dimension: "top_k", name: "top_k", summary: "Experts that each token goes to." },
  {
    kind: "choice",
    name: "score",
    summary: "Function from logits to scores.",
    choices: ["softmax", "sigmoid"],
    fallback: "softmax",
  },
  {
    kind: "dimension",
    dimension: "groups",
    name: "groups",
    summary: "Groups of neighbouring experts; a group's score is the sum of its two best.",
    fallback: 1,
  },
  {
    kind: "dimension",
    dimension: "groups",
    name: "top_groups",
    summary: "Groups that a token's experts may come from; by default all.",
    fallback: { attribute: "groups" },
  },
  {
    kind: "flag",
    name: "normalize",
    summary: "Whether the weights of a token's experts are divided by their sum.",
    fallback: true,
  },
  { kind: "real", name: "scale", summary: "Factor of the weights.", fallback: 1, positive: true },
];

export const constraints: readonly Constraint[] = [
  { kind: "divides", divisor: "groups", dividend: "experts" },
  { kind: "at_most", smaller: "top_k", larger: "experts" },
  { kind: "at_most", smaller: "top_groups", larger: "groups" },
  { kind: "at_most", smaller: "top_k", larger: ["*", "top_groups", ["/", "experts", "groups"]] },
];

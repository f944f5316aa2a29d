// Damage to what an exchange declares: how many rows travel, how many there is room for, and what happens beyond.
import type { Exchange, Expr, Sized } from "../../../src/plan/index.js";
import { ofExchanges, type Damage, type MutantKind } from "./mutant.js";

type Sizes = "mean_rows" | "capacity_rows" | "most_copies" | "atom_rows";

const changed = (size: Sizes, what: string, change: (expr: Expr) => Expr): Damage<Exchange> => ({
  what,
  apply: (exchange) => {
    const sized: Sized | undefined = exchange[size];
    if (sized !== undefined) sized.expr = change(sized.expr);
  },
});

const less = (size: Sizes) => changed(size, "one less", (expr) => ["-", expr, 1]);
const more = (size: Sizes) => changed(size, "one more", (expr) => ["+", expr, 1]);

/** `bound` and `overflow` of an exchange with counted rows. */
const bounded = ({ tokens: { policy } }: Exchange): boolean => policy === "dropless";

export const policyKinds: readonly MutantKind[] = [
  {
    name: "a capacity one row too small",
    mutants: (plan) => ofExchanges(plan, () => [less("capacity_rows")]),
  },
  {
    name: "other rows than a rank sends",
    mutants: (plan) => ofExchanges(plan, () => [less("mean_rows"), more("mean_rows")]),
  },
  {
    name: "other copies than a rank sends at most",
    mutants: (plan) =>
      ofExchanges(plan, ({ most_copies: most }) =>
        most === undefined
          ? []
          : [
              less("most_copies"),
              more("most_copies"),
              { what: "not said", apply: (exchange) => delete exchange.most_copies },
            ],
      ),
  },
  {
    name: "other rows than an atom has",
    mutants: (plan) =>
      ofExchanges(plan, ({ atom_rows: rows }) =>
        rows === undefined
          ? []
          : [
              less("atom_rows"),
              more("atom_rows"),
              { what: "not said", apply: (exchange) => delete exchange.atom_rows },
            ],
      ),
  },
  {
    name: "another capacity declared",
    mutants: (plan) =>
      ofExchanges(plan, ({ tokens: { factor } }) =>
        factor === undefined
          ? []
          : [[factor * 2, "twice"] as const, [factor / 2, "half"] as const, [undefined, "none"] as const].map(
              ([value, what]) => ({
                what,
                apply: ({ tokens }) => {
                  if (value === undefined) delete tokens.factor;
                  else tokens.factor = value;
                },
              }),
            ),
      ),
  },
  {
    name: "a larger bound, or none",
    mutants: (plan) =>
      ofExchanges(plan, ({ tokens: { bound } }) =>
        bound === undefined
          ? []
          : [
              {
                what: "by a hundredth",
                apply: ({ tokens }) => {
                  tokens.bound = bound + 0.01;
                },
              },
              { what: "none", apply: ({ tokens }) => delete tokens.bound },
            ],
      ),
  },
  {
    name: "another overflow",
    mutants: (plan) =>
      ofExchanges(plan, (exchange) =>
        bounded(exchange)
          ? (["abort", "rounds", undefined] as const)
              .filter((each) => each !== exchange.tokens.overflow)
              .map((overflow) => ({
                what: overflow ?? "none",
                apply: ({ tokens }) => {
                  if (overflow === undefined) delete tokens.overflow;
                  else tokens.overflow = overflow;
                },
              }))
          : [],
      ),
  },
  {
    name: "another policy",
    mutants: (plan) =>
      ofExchanges(plan, ({ tokens: { policy: usual } }) => [
        {
          apply: ({ tokens }) => {
            tokens.policy = usual === "dropless" ? "capacity" : "dropless";
          },
        },
      ]),
  },
  {
    name: "partial sums where there are none, or the other way round",
    mutants: (plan) =>
      ofExchanges(plan, ({ partial_sums: sums }) =>
        sums === undefined
          ? []
          : [
              {
                apply: (exchange) => {
                  exchange.partial_sums = !sums;
                },
              },
            ],
      ),
  },
  {
    name: "nodes of another size",
    mutants: (plan) =>
      ofExchanges(plan, ({ ranks_per_node: usual, group }) => {
        const { size } = plan.groups.find(({ name }) => name === group)!;
        return [...Array.from({ length: size }, (_, at) => at + 1), undefined]
          .filter((each) => each !== usual && (each === undefined || size % each === 0))
          .map((perNode) => ({
            what: String(perNode ?? "none"),
            apply: (exchange) => {
              if (perNode === undefined) delete exchange.ranks_per_node;
              else exchange.ranks_per_node = perNode;
            },
          }));
      }),
  },
];

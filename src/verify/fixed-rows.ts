// Exchanges whose atoms all have the same rows (`capacity`): how many the declared factor means, what a rank sends, and what
// is dropped. Where routing decides, a rank sends a row for each pair (token, k).
import { declaredAtomRows, type Exchange } from "../plan/index.js";
import type { Facts } from "./facts.js";
import { count, grouped, type Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

/** Rows of every atom; undefined where routing decides. */
export const fixedAtomRows = ({ atom_rows }: Exchange): number | undefined => atom_rows?.value;

/** Rows that a rank sends. */
export function sentRows(facts: Facts, exchange: Exchange): number {
  const { tokens, topK } = facts.gateShape(exchange);
  const rows = fixedAtomRows(exchange);
  return rows === undefined ? tokens * topK : rows * facts.index.placement(exchange.placement).slots;
}

export function whySent(facts: Facts, exchange: Exchange): string {
  const { tokens, topK } = facts.gateShape(exchange);
  const rows = fixedAtomRows(exchange);
  return rows === undefined
    ? `${tokens} tokens to ${topK} experts each`
    : `${grouped(rows)} to each of ${facts.index.placement(exchange.placement).slots} slots`;
}

/** An exchange must not drop more, nor less, than its declared factor says. */
export function* atomRowFaults(facts: Facts, exchange: Exchange): Iterable<Counterexample> {
  const { slots } = facts.index.placement(exchange.placement);
  const declared = declaredAtomRows(exchange.tokens, { ...facts.gateShape(exchange), slots });
  const rows = fixedAtomRows(exchange);
  if (rows === declared) return;
  const { span } = facts.index.node(exchange.block, exchange.dispatch);
  yield aboutPlan(
    [
      `exchange \`${exchange.name}\` declares capacity(${exchange.tokens.factor ?? ""}): ${grouped(declared ?? 0)} rows for each atom`,
      `its \`atom_rows\` says ${grouped(rows ?? 0)}`,
    ],
    span,
  );
}

/** What an exchange drops, in words. */
export function dropText(facts: Facts, exchange: Exchange): string | undefined {
  const { name, atom_rows, tokens } = exchange;
  if (atom_rows === undefined) return undefined;
  if (atom_rows.value >= facts.gateShape(exchange).tokens)
    return `no pair of \`${name}\` is dropped: its atoms have a row for each token`;
  return `pairs beyond ${count(atom_rows.value, "row")} of an atom of \`${name}\` are dropped, by capacity(${tokens.factor ?? ""})`;
}

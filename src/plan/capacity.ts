// What `capacity(factor)` means in numbers, for whoever checks a plan or an execution of it: written down once, apart from
// the expression that the compiler puts into the plan.
import type { TokenPolicy } from "./types.gen.js";

/** Expressions are over integers, so factors are in thousandths: 1.25 is 1250. */
export const FACTOR_SCALE = 1000;
/** Larger factors leave room for every token anyway. */
const LARGEST = 2 ** 31 - 1;
/** Digits behind which a factor's binary fraction is noise. */
const NOISE = 1e6;

/** A factor in thousandths, rounded up. */
export function inThousandths(factor: number): number {
  return Math.min(LARGEST, Math.ceil(Math.round(factor * FACTOR_SCALE * NOISE) / NOISE));
}

/** What decides the rows of an atom. */
export interface AtomShape {
  /** Tokens of a micro-batch of a rank. */
  readonly tokens: number;
  readonly topK: number;
  /** Slots of the expert-parallel group. */
  readonly slots: number;
}

/**
 * Rows of every atom under a token policy; undefined where routing decides. A token uses a slot at most once, so an atom never
 * needs more rows than a rank has tokens.
 */
export function declaredAtomRows(
  { policy, factor }: TokenPolicy,
  { tokens, topK, slots }: AtomShape,
): number | undefined {
  if (policy !== "capacity" || factor === undefined) return undefined;
  const wanted = Math.ceil((inThousandths(factor) * tokens * topK) / (FACTOR_SCALE * slots));
  return Math.min(tokens, Math.max(1, wanted));
}

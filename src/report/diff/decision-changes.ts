// Which decisions came out otherwise, and what each side knows of the other's choice: whether it tried it, and at what price.
import type { Decision } from "../../plan/index.js";
import { both, type Pair } from "./pair.js";

/** What one plan's losers say of a choice that the other plan made. Times in microseconds. */
export type OtherChoice =
  | { readonly kind: "lost"; readonly price_us: number; readonly slower_us: number }
  | { readonly kind: "not_possible"; readonly reason: string }
  | { readonly kind: "not_tried" };

export interface ChangedDecision {
  readonly kind: "choice_changed";
  readonly name: string;
  readonly layer?: number;
  readonly choices: Pair<string>;
  /** Whether the user, and not the compiler, chose. */
  readonly pinned: Pair<boolean>;
  readonly price_us: Pair<number>;
  /** What A says of B's choice, and B of A's. */
  readonly other_choice: Pair<OtherChoice>;
}

/** A decision that only one plan had to make. */
export interface LoneDecision {
  readonly kind: "decision_removed" | "decision_added";
  readonly name: string;
  readonly layer?: number;
  readonly choice: string;
  readonly pinned: boolean;
  readonly price_us: number;
}

/** The same choice, but one user left it open and the other did not. */
export interface PinnedDecision {
  readonly kind: "pinning_changed";
  readonly name: string;
  readonly layer?: number;
  readonly choice: string;
  readonly pinned: Pair<boolean>;
}

export type DecisionChange = ChangedDecision | LoneDecision | PinnedDecision;

export interface DecisionDiff {
  readonly changes: readonly DecisionChange[];
  /** Names of decisions that came out the same. */
  readonly unchanged: readonly string[];
}

export function decisionChanges([ofA, ofB]: Pair<readonly Decision[]>): DecisionDiff {
  const unchanged: string[] = [];
  const changes: DecisionChange[] = [];
  const inB = new Map(ofB.map((each) => [keyOf(each), each]));
  for (const a of ofA) {
    const b = inB.get(keyOf(a));
    inB.delete(keyOf(a));
    const change = b === undefined ? lone("decision_removed", a) : changeOf([a, b]);
    if (change === undefined) unchanged.push(keyOf(a));
    else changes.push(change);
  }
  return { changes: [...changes, ...[...inB.values()].map((b) => lone("decision_added", b))], unchanged };
}

/** How people call a decision: `placement`, `placement of layer 3`. */
export const keyOf = ({ name, layer }: Pick<Decision, "name" | "layer">): string =>
  layer === undefined ? name : `${name} of layer ${String(layer)}`;

const named = ({ name, layer }: Decision) => ({ name, ...(layer === undefined ? {} : { layer }) });

const lone = (kind: LoneDecision["kind"], decision: Decision): LoneDecision => {
  const { choice, pinned, price_us } = decision;
  return { kind, ...named(decision), choice, pinned, price_us };
};

function changeOf(decisions: Pair<Decision>): DecisionChange | undefined {
  const [a, b] = decisions;
  const pinned = both(decisions, (each) => each.pinned);
  if (a.choice !== b.choice)
    return {
      kind: "choice_changed",
      ...named(a),
      choices: [a.choice, b.choice],
      pinned,
      price_us: both(decisions, (each) => each.price_us),
      other_choice: [otherChoice(a, b.choice), otherChoice(b, a.choice)],
    };
  return a.pinned === b.pinned
    ? undefined
    : { kind: "pinning_changed", ...named(a), choice: a.choice, pinned };
}

function otherChoice({ alternatives, price_us: chosen }: Decision, choice: string): OtherChoice {
  const loser = alternatives.find((each) => each.choice === choice);
  if (loser === undefined) return { kind: "not_tried" };
  const { price_us, reason = "" } = loser;
  return price_us === null
    ? { kind: "not_possible", reason }
    : { kind: "lost", price_us, slower_us: price_us - chosen };
}

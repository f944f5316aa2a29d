// Why each choice was made: what the schedule says there, what lost, and by how much.
import { positionAt, type Position } from "../../diagnostics/span.js";
import type { Decision, LaunchPlan } from "../../plan/index.js";

export interface Choice {
  readonly name: string;
  readonly layer?: number;
  readonly choice: string;
  readonly pinned: boolean;
  readonly why: "pinned" | "fastest" | "only_possible" | "only_candidate";
  readonly price_us: number;
  /** Nearest first; what is not possible last. */
  readonly alternatives: readonly Loser[];
  /** The setting as the schedule has it, such as `placement = auto`. */
  readonly setting: string;
  readonly span: { readonly file: string; readonly start: Position; readonly end: Position };
}

export interface Loser {
  readonly choice: string;
  /** Null where it is not possible. */
  readonly price_us: number | null;
  /** How much longer a step takes with it and everything else as chosen; negative in the odd case that it is faster. */
  readonly slower_us: number | null;
  /** The same as a share of the chosen step. */
  readonly slower_share: number | null;
  readonly reason?: string;
}

/** Choices of the whole step; what placement chose in each layer is told by `placedExperts`. */
export function choicesOf(plan: LaunchPlan): readonly Choice[] {
  const decisions = (plan.why?.decisions ?? []).filter(({ placed }) => placed === undefined);
  return decisions.map((decision) => {
    const { name, layer, choice, price_us, span } = decision;
    const [index, from, to] = span;
    const source = plan.sources[index] ?? { uri: "", text: "" };
    const start = positionAt(source, from);
    return {
      name,
      ...(layer === undefined ? {} : { layer }),
      choice,
      pinned: decision.pinned,
      why: whyChosen(decision),
      price_us,
      alternatives: losers(decision),
      setting: source.text.slice(from, to).replace(/\s+/g, " "),
      span: { file: source.uri, start, end: positionAt(source, to) },
    };
  });
}

function whyChosen({ pinned, alternatives }: Decision): Choice["why"] {
  if (pinned) return "pinned";
  if (alternatives.some((each) => each.price_us !== null)) return "fastest";
  return alternatives.length > 0 ? "only_possible" : "only_candidate";
}

function losers({ price_us: chosen, alternatives }: Decision): readonly Loser[] {
  return alternatives
    .map(({ choice, price_us, reason }) => ({
      choice,
      price_us,
      slower_us: price_us === null ? null : price_us - chosen,
      slower_share: price_us === null || chosen === 0 ? null : (price_us - chosen) / chosen,
      ...(reason === undefined ? {} : { reason }),
    }))
    .sort((one, other) => (one.slower_us ?? Infinity) - (other.slower_us ?? Infinity) || 0);
}

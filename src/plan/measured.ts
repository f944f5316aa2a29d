// Which operators a measurement means by the name that it gives: names as `weft explain` prints them, whatever their case.
import type { MeasuredTime } from "./types.gen.js";

/** An operator of a block, with the names of its parts; of an exchange's, those of its phases too. */
export interface NamedOperator {
  readonly block: string;
  readonly node: string;
  readonly op: string;
  readonly parts: readonly string[];
}

/** Any matrix product, whoever makes it. */
export const ANY_PRODUCT = "gemm";
/** Operators that attend, by the part that all of them have. */
const ATTENTION = "attention";
const ATTENTIONS_PART = "attend";
/** All kernels of a dispatch or combine, beside the transfers that they make. */
export const ALL_KERNELS = "kernels";

/** What a name says of an operator. */
export interface Naming {
  /** How much it says: a node says more than an operator. */
  readonly weight: number;
  /** The part or phase that it means, where not all of them. */
  readonly part: string | undefined;
}

/** How a measurement names an operator; undefined where it means another. */
export function namingOf(
  { operator, part }: Pick<MeasuredTime, "operator" | "part">,
  of: NamedOperator,
): Naming | undefined {
  const name = operator.toLowerCase();
  for (const [known, weight] of namesOf(of)) {
    if (name === known) return { weight, part: meant(part, of) };
    if (part !== undefined || !name.startsWith(`${known}.`)) continue;
    const suffix = name.slice(known.length + 1);
    if (of.parts.includes(suffix)) return { weight, part: meant(suffix, of) };
  }
  return undefined;
}

/** A transfer that is called like its operator is all of it, in however many phases. */
const meant = (part: string | undefined, { op }: NamedOperator): string | undefined =>
  part === op ? undefined : part;

function namesOf({ block, node, op, parts }: NamedOperator): readonly (readonly [string, number])[] {
  const names: (readonly [string, number])[] = [
    [`${block}.${node}`, 4],
    [node, 3],
    [`${block}.${op}`, 2],
    [op, 1],
  ];
  if (parts.includes(ATTENTIONS_PART)) names.push([`${block}.${ATTENTION}`, 2], [ATTENTION, 1]);
  return names.map(([name, weight]) => [name.toLowerCase(), weight]);
}

/** The name that the chunks of a phase have in common. */
export const wholePhase = (name: string): string => name.replace(/\.\d+$/, "");

/** Phases that exchanges have, whatever their algorithm. */
export const phaseNames: Readonly<Record<"dispatch" | "combine", readonly string[]>> = {
  dispatch: ["counts", "counts_across", "counts_within", "dispatch", "dispatch_across", "dispatch_within"],
  combine: ["combine", "combine_across", "combine_within"],
};

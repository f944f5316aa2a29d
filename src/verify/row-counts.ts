// Which run-time counts of an exchange say how many rows a layout holds on every rank: each of them counts a certain set.
import type { AtomLayout, Exchange, Ranks } from "../plan/index.js";
import { sameAtoms, type AtomReader } from "./atoms.js";

/** Names of the counts, without the exchange's. */
export const COUNT_NAMES = ["sent", "received", "copies_sent", "copies_received", "forwarded"] as const;
export type CountName = (typeof COUNT_NAMES)[number];

/** A run-time count by its full name; undefined for other names. */
export function countNamed(
  name: string,
): { readonly exchange: string; readonly count: CountName } | undefined {
  const dot = name.lastIndexOf(".");
  const count = COUNT_NAMES.find((each) => each === name.slice(dot + 1));
  return dot < 0 || count === undefined ? undefined : { exchange: name.slice(0, dot), count };
}

/** The counts that are the rows of a layout, copies where it holds these alone; none where it is another set. */
export function countsOfLayout(
  reader: AtomReader,
  { ranks_per_node: ranksPerNode }: Pick<Exchange, "ranks_per_node">,
  layout: AtomLayout,
): readonly CountName[] {
  if (layout.copies === "too") return [];
  const ofCopies = layout.copies === "only";
  const all = Array.from({ length: reader.ranks }, (_, rank) => rank);
  const counts = (source: (rank: number) => Ranks, host: (rank: number) => Ranks): boolean =>
    all.every((rank) => {
      const held = reader.held(layout, rank);
      const counted = reader.read({ source: source(rank), host: host(rank) }, rank);
      return !("problem" in held) && !("problem" in counted) && sameAtoms(held, counted);
    });
  const own = (): Ranks => "rank";
  const everything = (): Ranks => "all";
  const found: CountName[] = [];
  if (counts(own, everything)) found.push(ofCopies ? "copies_sent" : "sent");
  if (!ofCopies && counts(everything, own)) found.push("received");
  if (ranksPerNode !== undefined) {
    const rail = (rank: number): Ranks => ({
      first: rank % ranksPerNode,
      step: ranksPerNode,
      count: reader.ranks / ranksPerNode,
    });
    const node = (rank: number): Ranks => ({
      first: rank - (rank % ranksPerNode),
      step: 1,
      count: ranksPerNode,
    });
    if (counts(rail, node)) found.push(ofCopies ? "copies_received" : "forwarded");
  }
  return found;
}

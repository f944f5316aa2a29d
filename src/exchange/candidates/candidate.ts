// Candidates: each a generator of routes for any demand and tiers, by name. What one shares with others (stages, rails, what a
// way takes in one wave) is worked out once.
import type { Made, NotMade } from "./made.js";
import type { CandidateParts, Order, Relayed } from "./parts.js";

export interface Candidate {
  readonly name: string;
  /** What it is, for people. */
  readonly words: string;
  readonly make: (parts: CandidateParts) => Made | NotMade;
  /** The same in the best division into so many waves, which takes longer to find. */
  readonly divide?: (parts: CandidateParts, waves: number) => Made | NotMade;
}

/** Ways over relays, with how their rows are spread. */
const relayed = [
  { name: "gather", way: "gather", words: "gathered at the source's node by the destination's rail" },
  { name: "forward", way: "forward", words: "forwarded at the destination's node by the source's rail" },
  { name: "three_step", way: "spread", words: "gathered on all rails alike, and forwarded" },
  { name: "rails", way: "spread", words: "on rails in shares that are solved for, and forwarded" },
] as const satisfies readonly (Relayed & { words: string })[];

const orders = [
  { order: "chunked", words: "in waves by distance" },
  { order: "split", words: "in waves that take a part of every pair" },
  { order: "staged", words: "in waves cut from skew-aware stages" },
] as const satisfies readonly { order: Order; words: string }[];

export const candidates: readonly Candidate[] = [
  { name: "direct", words: "every rank to every rank at once", make: (parts) => parts.direct() },
  { name: "rotation", words: "directly, node by node at equal distance", make: (parts) => parts.rotation() },
  ...relayed.map((each) => ({ ...each, make: (parts: CandidateParts) => parts.inOneWave(each) })),
  ...orders.flatMap(({ order, words }) =>
    relayed.map((each) => ({
      name: `${each.name}_${order}`,
      words: `${each.words}, ${words}`,
      make: (parts: CandidateParts) => parts.inWaves(each, order),
      divide: (parts: CandidateParts, waves: number) => parts.inWaves(each, order, waves),
    })),
  ),
  {
    name: "one_to_one",
    words: "skew-aware stages, few and within 1 % of the bound, a launch each",
    make: (parts) => parts.oneToOne(),
  },
  {
    name: "birkhoff",
    words: "skew-aware stages, exactly as long as the bound, a launch each",
    make: (parts) => parts.birkhoff(),
  },
];

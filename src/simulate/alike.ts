// Which ranks must be walked. Ranks that talk to each other form an island. An island whose ranks have one program and equal
// durations stays in step (by induction over launches), so one rank stands for all; an island whose ranks, one by one, have
// the programs and durations of an earlier island's behaves like that one.
import { InternalError } from "../diagnostics/internal-error.js";
import { Meetings } from "./meetings.js";
import type { PricedPlan } from "./priced-plan.js";
import type { Walker } from "./rank-walk.js";

/** Durations that differ by less are equal: sums of equal counts in different order. */
const RELATIVE_TOLERANCE = 1e-9;

export interface RankChoice {
  readonly walkers: readonly Walker[];
  /** World rank and index of the role, of each walker. */
  readonly worldRanks: readonly number[];
  readonly roleOf: readonly number[];
  readonly meetingSizes: Int32Array;
  /** For each world rank, the walker that stands for it. */
  readonly walkedAs: readonly number[];
}

interface Place {
  readonly rank: number;
  readonly role: number;
  readonly column: number;
}

/** Chooses the ranks to walk and numbers the meetings of their transfers. */
export function chooseRanks(priced: PricedPlan): RankChoice {
  const places = placesOf(priced);
  const chosen: Place[] = [];
  const walkedAs = new Array<number>(places.length).fill(0);
  const walkedIslands: { readonly island: readonly Place[]; readonly standIns: readonly number[] }[] = [];
  for (const island of islands(priced, places)) {
    const like = walkedIslands.find(({ island: known }) => islandsAlike(priced, known, island));
    const standIns = like?.standIns ?? standInsOf(priced, island, chosen);
    if (like === undefined) walkedIslands.push({ island, standIns });
    island.forEach((place, at) => (walkedAs[place.rank] = standIns[at]!));
  }
  return choiceOf(priced, chosen, walkedAs);
}

/** All ranks, each walked for itself. */
export function everyRank(priced: PricedPlan): RankChoice {
  const places = placesOf(priced);
  return choiceOf(
    priced,
    places,
    places.map((_, rank) => rank),
  );
}

function choiceOf(priced: PricedPlan, chosen: readonly Place[], walkedAs: readonly number[]): RankChoice {
  const meetings = new Meetings(priced, new Set(chosen.map((each) => each.rank)));
  return {
    walkers: chosen.map((place) => {
      const { program, prices } = priced.roles[place.role]!;
      return { program, prices, column: place.column, meetings: meetings.of(program, place.rank) };
    }),
    worldRanks: chosen.map((each) => each.rank),
    roleOf: chosen.map((each) => each.role),
    meetingSizes: meetings.sizes(),
    walkedAs,
  };
}

/** Walkers for the ranks of an island that no earlier one resembles: one, or one for each rank. */
function standInsOf(priced: PricedPlan, island: readonly Place[], chosen: Place[]): readonly number[] {
  const [first] = island;
  if (first !== undefined && island.every((place) => placesAlike(priced, first, place))) {
    chosen.push(first);
    return island.map(() => chosen.length - 1);
  }
  return island.map((place) => chosen.push(place) - 1);
}

function placesOf(priced: PricedPlan): readonly Place[] {
  const places: Place[] = [];
  priced.roles.forEach(({ role: { ranks } }, role) => {
    ranks.forEach((rank, column) => (places[rank] = { rank, role, column }));
  });
  for (let rank = 0; rank < priced.index.plan.world; rank++)
    if (places[rank] === undefined) throw new InternalError(`rank ${String(rank)} has no role`);
  return places;
}

/** Sets of ranks that the communicators in use join, each ascending. */
function islands(priced: PricedPlan, places: readonly Place[]): readonly (readonly Place[])[] {
  const smallest = places.map((each) => each.rank);
  const root = (rank: number): number => (smallest[rank] === rank ? rank : root(smallest[rank]!));
  for (const group of usedGroups(priced))
    for (const instance of priced.index.plan.groups[group]!.instances)
      for (const rank of instance) {
        const [one, other] = [root(instance[0]!), root(rank)];
        smallest[Math.max(one, other)] = Math.min(one, other);
      }
  const byRoot = new Map<number, Place[]>();
  for (const place of places) {
    const members = byRoot.get(root(place.rank)) ?? [];
    byRoot.set(root(place.rank), members);
    members.push(place);
  }
  return [...byRoot.values()];
}

const usedGroups = (priced: PricedPlan): ReadonlySet<number> =>
  new Set(priced.roles.flatMap(({ program }) => [...program.groups].filter((group) => group >= 0)));

const islandsAlike = (priced: PricedPlan, one: readonly Place[], other: readonly Place[]): boolean =>
  one.length === other.length && one.every((place, at) => placesAlike(priced, place, other[at]!));

/** Whether two ranks have the same program and, launch by launch, the same durations. */
function placesAlike(priced: PricedPlan, one: Place, other: Place): boolean {
  if (one.role !== other.role) return false;
  const { times, speeds, memory, columns, levels } = priced.roles[one.role]!.prices;
  for (let row = 0; row < times.length / columns; row++) {
    const [left, right] = [row * columns + one.column, row * columns + other.column];
    if (!nearly(times[left]!, times[right]!) || !nearly(memory[left]!, memory[right]!)) return false;
    for (let level = 0; level < levels.length; level++)
      if (!nearly(speeds[left * levels.length + level]!, speeds[right * levels.length + level]!))
        return false;
  }
  return true;
}

const nearly = (left: number, right: number): boolean =>
  Math.abs(left - right) <= RELATIVE_TOLERANCE * Math.max(Math.abs(left), Math.abs(right));

// How many tokens are expected to go somewhere at least once: for each node (or other set of ranks), the share of a rank's tokens
// that some expert there gets. Known by the loads, and by the groups that a gate limits each token to.
import type { AtomSpace } from "./atoms.js";
import { evaluate, type Environment } from "./expression.js";
import { turnsOf } from "./placement.js";
import type { LayerPlacement, Node } from "./types.gen.js";

/** Choices of groups that are weighed one by one; a gate with more is taken as one without groups. */
const MOST_CHOICES = 1000;

/** What a gate chooses: experts for each token, out of some of the groups. */
export interface GateChoice {
  readonly topK: number;
  readonly groups: number;
  readonly topGroups: number;
}

export function gateChoice({ dims }: Node, environment: Environment): GateChoice {
  const value = (name: string): number => evaluate(dims[name] ?? 1, environment);
  return { topK: value("top_k"), groups: value("groups"), topGroups: value("top_groups") };
}

/**
 * [unit] the share of tokens with at least one expert there; `unitOf` gives the unit of a rank. Each choice of groups is taken as
 * equally likely. A group is chosen for its best experts, so one of them is among the token's; the others are drawn from the
 * chosen groups by their loads, none twice.
 */
export function sharesWithCopies(
  loads: readonly number[],
  tables: LayerPlacement,
  space: AtomSpace,
  { topK, groups, topGroups }: GateChoice,
  units: number,
  unitOf: (rank: number) => number,
): Float64Array {
  const choices = groupChoices(groups, topGroups);
  const parts = groupParts(loads, tables, space, choices === undefined ? 1 : groups, units, unitOf);
  const missed = new Float64Array(units);
  for (const chosen of choices ?? [[0]]) {
    const own = chosen.map((group) => parts[group]!);
    const load = own.reduce((sum, each) => sum + each.load, 0);
    const experts = own.reduce((sum, each) => sum + each.experts, 0);
    const drawn = choices === undefined ? topK : Math.max(0, topK - chosen.length);
    for (let unit = 0; unit < units; unit++) {
      let [there, counted] = [0, 0];
      for (const each of own) {
        there += each.loads[unit]!;
        counted += each.counts[unit]!;
      }
      const outside = experts - counted;
      let miss = missesAll(load === 0 ? 0 : there / load, outside, drawn);
      if (choices !== undefined)
        for (const each of own)
          miss *= 1 - (each.load === 0 ? 0 : Math.min(1, each.loads[unit]! / each.load));
      missed[unit]! += miss;
    }
  }
  return missed.map((sum) => 1 - sum / (choices?.length ?? 1));
}

/**
 * Probability that so many draws, none twice, all miss a part of the experts that has this share of the loads; `outside` of it
 * there are so many. Every draw takes away the mean load of those outside: exact where all have equal loads.
 */
function missesAll(share: number, outside: number, draws: number): number {
  let missed = 1;
  for (let draw = 0; draw < draws && missed > 0; draw++) {
    const left = 1 - (outside === 0 ? 0 : (draw * (1 - share)) / outside);
    missed *= left <= 0 ? 0 : Math.max(0, (left - share) / left);
  }
  return missed;
}

/** A group of experts: its load and size, and by unit the part of both that is there, by turns where experts have replicas. */
interface GroupPart {
  readonly load: number;
  readonly experts: number;
  readonly loads: Float64Array;
  readonly counts: Float64Array;
}

function groupParts(
  loads: readonly number[],
  tables: LayerPlacement,
  space: AtomSpace,
  groups: number,
  units: number,
  unitOf: (rank: number) => number,
): readonly GroupPart[] {
  const perGroup = Math.ceil(loads.length / groups);
  return Array.from({ length: groups }, (_, group) => {
    const experts = Array.from(
      { length: Math.max(0, Math.min(loads.length, (group + 1) * perGroup) - group * perGroup) },
      (_unused, at) => group * perGroup + at,
    );
    const part = { loads: new Float64Array(units), counts: new Float64Array(units) };
    for (const expert of experts)
      for (const [unit, share] of placesOf(expert, tables, space, unitOf)) {
        part.loads[unit]! += loads[expert]! * share;
        part.counts[unit]! += share;
      }
    const load = experts.reduce((sum, expert) => sum + loads[expert]!, 0);
    return { load, experts: experts.length, ...part };
  });
}

/** Units that have a turn of an expert's, each with its share of the tokens; a unit may come several times. */
function placesOf(
  expert: number,
  tables: LayerPlacement,
  space: AtomSpace,
  unitOf: (rank: number) => number,
): readonly (readonly [unit: number, share: number])[] {
  const turns = turnsOf(tables, expert);
  return turns.map((slot) => [unitOf(space.hostOf(slot)), 1 / turns.length]);
}

/** Every choice of so many groups; undefined where there is one or too many. */
function groupChoices(groups: number, chosen: number): readonly (readonly number[])[] | undefined {
  if (chosen >= groups) return undefined;
  let partial: (readonly number[])[] = [[]];
  for (let group = 0; group < groups; group++) {
    const left = groups - group;
    partial = partial.flatMap((each) => {
      const needed = chosen - each.length;
      return [...(needed > 0 ? [[...each, group]] : []), ...(needed < left ? [each] : [])];
    });
    if (partial.length > MOST_CHOICES) return undefined;
  }
  return partial;
}

// All kinds of damage to one plan: for each kind its places, those tried, and what became of them.
import type { LaunchPlan } from "../../../src/plan/index.js";
import { mutantKinds, type MutantKind } from "../mutants/index.js";
import { judge, type Outcome } from "./judge.js";
import { sampled } from "./sample.js";

export interface CampaignOptions {
  /** Part of the names of the kinds that are tried; all where absent. */
  readonly kind?: string | undefined;
  /** Part of the places that are tried. */
  readonly place?: string | undefined;
  /** Places of each kind at most. */
  readonly sample: number;
  readonly seed: number;
}

export interface Survivor {
  readonly place: string;
  readonly reason: string;
}

/** What became of the mutants of one kind of one plan. */
export interface KindResult {
  readonly kind: string;
  readonly places: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Which property was refuted first, and which argument pardoned, each with its number. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly survivors: readonly Survivor[];
}

export const kindsFor = ({ kind = "" }: Pick<CampaignOptions, "kind">): readonly MutantKind[] =>
  mutantKinds.filter(({ name }) => name.includes(kind));

export function* campaign(
  name: string,
  plan: LaunchPlan,
  options: CampaignOptions,
): Generator<KindResult, void> {
  for (const kind of kindsFor(options)) yield tryKind(name, plan, kind, options);
}

export function tryKind(
  name: string,
  plan: LaunchPlan,
  kind: MutantKind,
  { place: wanted = "", sample, seed }: CampaignOptions,
): KindResult {
  const all = kind.mutants(plan).filter(({ place }) => place.includes(wanted));
  const outcomes = { killed: 0, harmless: 0, rejected: 0, unchanged: 0, survivor: 0 };
  const reasons = new Map<string, number>();
  const survivors: Survivor[] = [];
  for (const mutant of sampled(all, sample, seed, `${name} ${kind.name}`)) {
    const { outcome, reason } = judge(plan, kind, mutant);
    outcomes[outcome]++;
    if (outcome === "survivor") survivors.push({ place: mutant.place, reason });
    else if (outcome !== "unchanged")
      reasons.set(`${outcome}: ${reason}`, (reasons.get(`${outcome}: ${reason}`) ?? 0) + 1);
  }
  return { kind: kind.name, places: all.length, outcomes, reasons, survivors };
}

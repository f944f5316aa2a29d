// What a mutant is: one damage to a plan at one place. Damage is coherent: whatever follows from what was changed by the plan's
// own arithmetic (values beside expressions, offsets behind a region) follows it, so that a mutant is not caught for a slip of the pen.
import {
  isOnHost,
  type ComputeLaunch,
  type Exchange,
  type Launch,
  type LaunchPlan,
} from "../../../src/plan/index.js";
import type { PropertyName } from "../../../src/verify/index.js";
import { revalue } from "./revalue.js";

export interface Mutant {
  /** Names the place among those of its kind in a plan. */
  readonly place: string;
  readonly apply: (mutant: LaunchPlan) => void;
  /** Why this damage does no harm, worked out without the verifier; undefined or absent where there is no such argument. */
  readonly harmless?: (mutant: LaunchPlan) => string | undefined;
}

export interface MutantKind {
  readonly name: string;
  readonly mutants: (plan: LaunchPlan) => readonly Mutant[];
  /** The property that must fail, among others or not, where the damage is made to leave the rest as it is. */
  readonly breaks?: PropertyName;
}

/** A launch of a cell, and where it stands. */
export interface Site {
  readonly cell: number;
  readonly at: number;
  readonly launch: Launch;
  readonly name: string;
}

export const sites = (plan: LaunchPlan): readonly Site[] =>
  plan.cells.flatMap((cell, index) =>
    cell.launches.map((launch, at) => ({ cell: index, at, launch, name: `${cell.name}.${launch.id}` })),
  );

export const launchAt = (plan: LaunchPlan, { cell, at }: Pick<Site, "cell" | "at">): Launch =>
  plan.cells[cell]!.launches[at]!;

export const recordsOf = (launch: Launch): readonly string[] => (isOnHost(launch) ? [] : launch.records);

/** A way to damage something that was found in a copy of the plan. */
export interface Damage<T> {
  /** Tells several damages to one thing apart. */
  readonly what?: string;
  readonly apply: (found: T, mutant: LaunchPlan) => void;
  readonly harmless?: (mutant: LaunchPlan) => string | undefined;
}

/** Mutants of things that a plan has several of: `damages` looks at the plan's own, and damages those of a copy. */
export function mutantsOf<T>(
  places: readonly { readonly name: string; readonly find: (plan: LaunchPlan) => T }[],
  plan: LaunchPlan,
  damages: (found: T) => Iterable<Damage<T>>,
): readonly Mutant[] {
  return places.flatMap(({ name, find }) =>
    [...damages(find(plan))].map(({ what, apply, harmless }) => ({
      place: what === undefined ? name : `${name}: ${what}`,
      apply: (mutant: LaunchPlan) => {
        apply(find(mutant), mutant);
        revalue(mutant);
      },
      ...(harmless && { harmless }),
    })),
  );
}

/** A launch with the launches of its cell. */
export interface InCell {
  readonly launch: Launch;
  readonly launches: Launch[];
  readonly at: number;
  readonly cell: LaunchPlan["cells"][number];
}

/** Mutants of every launch. */
export const ofLaunches = (
  plan: LaunchPlan,
  damages: (found: InCell) => Iterable<Damage<InCell>>,
): readonly Mutant[] =>
  mutantsOf(
    sites(plan).map((site) => ({
      name: site.name,
      find: (mutant: LaunchPlan) => ({
        launch: launchAt(mutant, site),
        launches: mutant.cells[site.cell]!.launches,
        at: site.at,
        cell: mutant.cells[site.cell]!,
      }),
    })),
    plan,
    damages,
  );

/** Mutants of every kernel. */
export const ofKernels = (
  plan: LaunchPlan,
  damages: (launch: ComputeLaunch) => Iterable<Damage<ComputeLaunch>>,
): readonly Mutant[] =>
  mutantsOf(
    sites(plan)
      .filter(({ launch }) => launch.kind === "compute")
      .map((site) => ({
        name: site.name,
        find: (mutant: LaunchPlan) => launchAt(mutant, site) as ComputeLaunch,
      })),
    plan,
    damages,
  );

/** Mutants of the entries of a named list of the plan. */
export const ofNamed = <T extends { readonly name: string }>(
  plan: LaunchPlan,
  list: (plan: LaunchPlan) => readonly T[],
  damages: (found: T, at: number) => Iterable<Damage<T>>,
): readonly Mutant[] =>
  list(plan).flatMap(({ name }, at) =>
    mutantsOf([{ name, find: (mutant: LaunchPlan) => list(mutant)[at]! }], plan, (found) =>
      damages(found, at),
    ),
  );

/** Mutants of every exchange. */
export const ofExchanges = (
  plan: LaunchPlan,
  damages: (exchange: Exchange) => Iterable<Damage<Exchange>>,
): readonly Mutant[] => ofNamed(plan, ({ exchanges }) => exchanges, damages);

/** Exchanges two entries of a list. */
export function swap(list: unknown[], one: number, other: number): void {
  [list[one], list[other]] = [list[other], list[one]];
}

/** Moves an entry of a list. */
export function move(list: unknown[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1));
}

/** The launches of a copy by their ids, in whichever cells they are. */
export const launchesOf = (plan: LaunchPlan): readonly Launch[] =>
  plan.cells.flatMap((cell) => cell.launches);

// How well a family is predicted, machine by machine: with what ships, with rows left out of the fit, and with a machine left out.
import { InternalError } from "../../src/diagnostics/internal-error.js";
import { errorsOf, summarise, type ErrorSummary } from "./errors.js";
import type { FactTable } from "./facts.js";
import type { Case, Family } from "./family.js";
import { fit } from "./fit.js";
import { turned, type Knob, type Model } from "./model.js";
import { datasheetModel, libraryModel } from "./systems.js";

/** One row of the report. Errors are shares of the measured value. */
export interface Assessment {
  readonly family: string;
  readonly machine: string;
  readonly cases: number;
  /** How many numbers the fits of this family move. */
  readonly parameters: number;
  readonly median: number;
  readonly p90: number;
  /** Of cases that the fit has not seen; null where there are too few. */
  readonly fold_median: number | null;
  readonly fold_p90: number | null;
  /** Predicted from the datasheet and the other machines' fit; null where no other machine was measured. */
  readonly machine_out_median: number | null;
  /** What is missed most with what ships: label and signed error. */
  readonly worst: readonly { readonly label: string; readonly error: number }[];
}

/** Measurements of a machine that the library lacks. */
export interface UnknownMachine {
  readonly family: string;
  readonly machine: string;
  readonly cases: number;
}

/** A case beside its prediction with what ships. */
export interface Listed {
  readonly family: string;
  readonly machine: string;
  readonly label: string;
  readonly measured_us: number;
  readonly predicted_us: number;
}

export interface FamilyResult {
  /** Cases without a time, or of a size that no machine of the library has. */
  readonly unusable: number;
  readonly assessments: readonly Assessment[];
  /** Of families that list their cases. */
  readonly listed: readonly Listed[];
  readonly unknown: readonly UnknownMachine[];
  /** Joint values of the knobs over all machines, and each machine's own; asked for with `--fit`. */
  readonly fits: readonly { readonly machine: string; readonly values: Readonly<Record<string, number>> }[];
}

const FOLDS = 5;
const WORST = 3;

interface Measured {
  readonly system: string;
  readonly model: Model;
  readonly cases: readonly Case[];
}

/** `progress` is told what is worked on. */
export function assess(
  family: Family,
  table: FactTable,
  options: { readonly withFits: boolean; readonly progress: (what: string) => void },
): FamilyResult {
  const measured: Measured[] = [];
  const unknown: UnknownMachine[] = [];
  let unusable = 0;
  for (const [system, cases] of bySystem(family.cases(table))) {
    const model = libraryModel(system);
    if (model === undefined) {
      unknown.push({ family: family.name, machine: system, cases: cases.length });
      continue;
    }
    const usable = cases.filter((each) => isUsable(each, model));
    unusable += cases.length - usable.length;
    if (usable.length > 0) measured.push({ system, model, cases: usable });
  }
  const assessments = measured.map((each) => {
    options.progress(`${family.name} on ${each.system}`);
    return assessOne(family, each, measured);
  });
  const fits = options.withFits ? fitsOf(family.knobs, measured) : [];
  return {
    unusable,
    assessments,
    listed: family.listed === true ? listedOf(family, measured) : [],
    unknown,
    fits,
  };
}

/** A measurement of no time is none, and a size may be one that a model refuses. */
function isUsable(each: Case, model: Model): boolean {
  if (!(each.measuredUs > 0)) return false;
  try {
    return Number.isFinite(each.predictUs(model));
  } catch (error) {
    if (error instanceof InternalError) return false;
    throw error;
  }
}

const listedOf = ({ name }: Family, measured: readonly Measured[]): readonly Listed[] =>
  measured.flatMap(({ system, model, cases }) =>
    cases.map((each) => ({
      family: name,
      machine: system,
      label: each.label,
      measured_us: each.measuredUs,
      predicted_us: each.predictUs(model),
    })),
  );

function bySystem(cases: readonly Case[]): ReadonlyMap<string, readonly Case[]> {
  const systems = new Map<string, Case[]>();
  for (const each of cases) {
    const known = systems.get(each.system) ?? [];
    systems.set(each.system, known);
    known.push(each);
  }
  return systems;
}

function assessOne(
  { name, knobs }: Family,
  { system, model, cases }: Measured,
  all: readonly Measured[],
): Assessment {
  const shipped = summarise(errorsOf(cases, model)) ?? { median: 0, p90: 0 };
  const folded = foldErrors(knobs, model, cases);
  const out = machineOut(knobs, system, all);
  return {
    family: name,
    machine: system,
    cases: cases.length,
    parameters: knobs.length,
    ...shipped,
    fold_median: folded?.median ?? null,
    fold_p90: folded?.p90 ?? null,
    machine_out_median: out?.median ?? null,
    worst: worstOf(cases, model),
  };
}

/** Errors of each fifth of the cases with knobs that were fitted to the other four. */
function foldErrors(knobs: readonly Knob[], model: Model, cases: readonly Case[]): ErrorSummary | undefined {
  if (cases.length < FOLDS * Math.max(1, knobs.length)) return undefined;
  const errors = Array.from({ length: FOLDS }, (_, fold) => {
    const kept = cases.filter((__, at) => at % FOLDS !== fold);
    const left = cases.filter((__, at) => at % FOLDS === fold);
    return errorsOf(left, turned(model, knobs, fit(knobs, [{ model, cases: kept }])));
  });
  return summarise(errors.flat());
}

function machineOut(
  knobs: readonly Knob[],
  system: string,
  all: readonly Measured[],
): ErrorSummary | undefined {
  const others = all.filter((each) => each.system !== system).map(fromDatasheet);
  const own = all.find((each) => each.system === system);
  if (own === undefined || others.length === 0) return undefined;
  return summarise(errorsOf(own.cases, turned(datasheetModel(own.model), knobs, fit(knobs, others))));
}

const fromDatasheet = ({ model, cases }: Measured) => ({ model: datasheetModel(model), cases });

function fitsOf(knobs: readonly Knob[], measured: readonly Measured[]): FamilyResult["fits"] {
  const named = (machine: string, values: readonly number[]) => ({
    machine,
    values: Object.fromEntries(knobs.map(({ name }, at) => [name, values[at] ?? 0])),
  });
  return [
    named("all", fit(knobs, measured.map(fromDatasheet))),
    ...measured.map(({ system, model, cases }) => named(system, fit(knobs, [{ model, cases }]))),
  ];
}

function worstOf(cases: readonly Case[], model: Model): Assessment["worst"] {
  return cases
    .map((each) => ({ label: each.label, error: each.predictUs(model) / each.measuredUs - 1 }))
    .sort((left, right) => Math.abs(right.error) - Math.abs(left.error))
    .slice(0, WORST);
}

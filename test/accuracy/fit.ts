// Fits knobs to measurements: the least sum of a loss that a few odd measurements hardly move, since what is asked for is the
// error in the middle and that of nine in ten.
import type { Case } from "./family.js";
import { minimise } from "./minimise.js";
import { turned, type Knob, type Model } from "./model.js";

/** Cases with the model that each is predicted by. */
export interface Sample {
  readonly model: Model;
  readonly cases: readonly Case[];
}

const EFFORT = { starts: 3, evaluations: 50 };
/** Errors far beyond this, in logarithms, hardly pull (Cauchy's loss). */
const TYPICAL_ERROR = 0.1;
/** The same where machines are fitted together, which differ by more than measurements of one do. */
const TYPICAL_DIFFERENCE = 0.4;
/** Fits see so many cases at most, taken at equal distances. */
const MOST_CASES = 1500;

/** Values of the knobs that explain the samples best, searched for from where the first sample's model stands. */
export function fit(knobs: readonly Knob[], samples: readonly Sample[]): readonly number[] {
  const first = samples[0]?.model;
  if (first === undefined || knobs.length === 0) return [];
  const share = Math.min(1, MOST_CASES / samples.reduce((sum, { cases }) => sum + cases.length, 0));
  const thinned = samples.map(({ model, cases }) => ({ model, cases: taken(cases, share) }));
  const scales = knobs.map(scaleOf);
  const valuesAt = (position: readonly number[]): readonly number[] =>
    scales.map(({ value }, at) => value(position[at] ?? 0));
  const typical = samples.length > 1 ? TYPICAL_DIFFERENCE : TYPICAL_ERROR;
  const loss = (position: readonly number[]): number => {
    const values = valuesAt(position);
    // Every machine counts the same, however often it was measured.
    return thinned.reduce(
      (sum, { model, cases }) => sum + lossOf(cases, turned(model, knobs, values), typical) / cases.length,
      0,
    );
  };
  const start = knobs.map((knob, at) => scales[at]!.position(knob.read(first)));
  return valuesAt(minimise(loss, start, EFFORT));
}

function lossOf(cases: readonly Case[], model: Model, typical: number): number {
  let sum = 0;
  for (const each of cases) {
    const error = Math.log(each.predictUs(model) / each.measuredUs) / typical;
    sum += Number.isFinite(error) ? Math.log1p(error * error) : Number.MAX_SAFE_INTEGER;
  }
  return sum;
}

/** A knob's range as 0 to 1; by logarithms where it spans orders of magnitude. */
function scaleOf({ min, max }: Knob) {
  const logarithmic = min > 0 && max / min > 10;
  return logarithmic
    ? {
        position: (value: number) => Math.log(Math.max(value, min) / min) / Math.log(max / min),
        value: (position: number) => min * (max / min) ** position,
      }
    : {
        position: (value: number) => (value - min) / (max - min),
        value: (position: number) => min + (max - min) * position,
      };
}

function taken<T>(all: readonly T[], share: number): readonly T[] {
  const count = Math.ceil(all.length * share);
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!);
}

// The least of a function within the unit cube, without derivatives: the simplex of Nelder and Mead (1965), started anew from
// where it came to rest, since it may rest too early. (The libraries at hand either want derivatives, which tiles and waves do
// not have, or leave the bounds to the caller.)

const REFLECTION = 1;
const EXPANSION = 2;
const CONTRACTION = 0.5;
/** Extent of the first simplex; each start anew has half of the last. */
const EXTENT = 0.2;

interface Point {
  readonly at: readonly number[];
  readonly value: number;
}

export interface Effort {
  readonly starts: number;
  /** Evaluations of the function for each dimension and start. */
  readonly evaluations: number;
}

/** The best position found; never worse than `start`. */
export function minimise(
  evaluate: (position: readonly number[]) => number,
  start: readonly number[],
  effort: Effort,
): readonly number[] {
  let best = start.map(inside);
  for (let round = 0; round < effort.starts; round++)
    best = simplexSearch(evaluate, best, EXTENT / 2 ** round, effort.evaluations * start.length);
  return best;
}

const inside = (value: number): number => Math.min(1, Math.max(0, value));

function simplexSearch(
  evaluate: (position: readonly number[]) => number,
  start: readonly number[],
  extent: number,
  evaluations: number,
): number[] {
  let left = evaluations;
  const pointAt = (position: readonly number[]): Point => {
    left--;
    const at = position.map(inside);
    return { at, value: evaluate(at) };
  };
  // Towards the middle, so that a start on the border has room.
  const corner = (axis: number): readonly number[] =>
    start.map((value, at) => (at === axis ? value + (value > 0.5 ? -extent : extent) : value));
  let points = [pointAt(start), ...start.map((_, axis) => pointAt(corner(axis)))];
  while (left > 0) {
    points = [...points].sort((one, other) => one.value - other.value);
    const best = points[0]!;
    const worst = points.at(-1)!;
    const centre = best.at.map(
      (_, axis) => points.slice(0, -1).reduce((sum, { at }) => sum + at[axis]!, 0) / (points.length - 1),
    );
    const along = (factor: number): Point =>
      pointAt(centre.map((middle, axis) => middle + factor * (middle - worst.at[axis]!)));
    const reflected = along(REFLECTION);
    let better = reflected;
    if (reflected.value < best.value) {
      const expanded = along(EXPANSION);
      if (expanded.value < reflected.value) better = expanded;
    } else if (reflected.value >= (points.at(-2)?.value ?? worst.value)) {
      better = along(reflected.value < worst.value ? CONTRACTION : -CONTRACTION);
    }
    points =
      better.value < worst.value
        ? [...points.slice(0, -1), better]
        : [best, ...points.slice(1).map(({ at }) => pointAt(halfway(best.at, at)))];
  }
  return [...points.reduce((one, other) => (other.value < one.value ? other : one)).at];
}

const halfway = (one: readonly number[], other: readonly number[]): readonly number[] =>
  one.map((value, axis) => (value + other[axis]!) / 2);

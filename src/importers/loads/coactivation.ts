// How often two experts are chosen together: a matrix [expert][expert] for all layers, or one for each, in any unit. Symmetric, or
// with one half of it and zeros in the other. What it says of an expert with itself does not matter.
import { counted, orFault, Unreadable, within, type LoadsFault } from "./fault.js";
import { parseJson } from "./json.js";
import { countsAt, listAt } from "./numbers.js";

export interface Coactivation {
  readonly experts: number;
  /** [layer] how often expert a is chosen with b, at a x experts + b; symmetric, zeros on the diagonal. One layer stands for all. */
  readonly layers: readonly Float64Array[];
}

const HINT =
  "Write a JSON matrix [expert][expert], or one for each layer, of how often two experts were chosen by one token.";

/** A matrix or matrices of so many experts. */
export function parseCoactivation(text: string, experts: number): Coactivation | LoadsFault {
  return orFault(() => {
    if (!/\S/.test(text)) throw new Unreadable("the file", "it is empty", HINT);
    const data = listAt(parseJson(text), "the file", "a list with a row for each expert", HINT);
    const isLayers = Array.isArray(data[0]) && Array.isArray(data[0][0]);
    const layers = isLayers
      ? data.map((each, layer) => matrixOf(each, `layer ${String(layer)}`, experts))
      : [matrixOf(data, "", experts)];
    return { experts, layers };
  });
}

function matrixOf(value: unknown, place: string, experts: number): Float64Array {
  const rows = listAt(value, place, "a list with a row for each expert", HINT);
  checkLength(rows.length, place === "" ? "the file" : place, "row", experts);
  const matrix = new Float64Array(experts * experts);
  rows.forEach((row, expert) => {
    const where = within(place, `expert ${String(expert)}`);
    const counts = countsAt(row, where, HINT);
    checkLength(counts.length, where, "number", experts);
    matrix.set(counts, expert * experts);
    matrix[expert * experts + expert] = 0;
  });
  mirror(matrix, place, experts);
  return matrix;
}

function checkLength(length: number, place: string, what: string, experts: number): void {
  if (length === experts) return;
  throw new Unreadable(
    place,
    `it has ${counted(length, what)}, and layers have ${counted(experts, "expert")}`,
    HINT,
  );
}

/** Counts of a pair that are no rounding apart are a mistake of the file's writer. */
const ROUNDING = 1e-6;

/** Makes a matrix of which one half is there symmetric; of a whole one both halves must say the same. */
function mirror(matrix: Float64Array, place: string, experts: number): void {
  const halves = [false, false];
  for (let row = 0; row < experts; row++)
    for (let column = 0; column < experts; column++)
      if (matrix[row * experts + column]! > 0) halves[row < column ? 0 : 1] = true;
  for (let row = 0; row < experts; row++)
    for (let column = row + 1; column < experts; column++) {
      const [upper, lower] = [row * experts + column, column * experts + row];
      const [one, other] = [matrix[upper]!, matrix[lower]!];
      if (halves[0] && halves[1] && Math.abs(one - other) > ROUNDING * Math.max(one, other))
        throw new Unreadable(
          within(place, `expert ${String(row)}, expert ${String(column)}`),
          `they are together ${String(one)} times, and in the other order ${String(other)} times`,
          "Write a symmetric matrix, or its upper half with zeros below.",
        );
      matrix[upper] = matrix[lower] = Math.max(one, other);
    }
}

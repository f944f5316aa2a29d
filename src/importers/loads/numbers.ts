// Lists and numbers of an input that may hold anything: what is accepted has its type, what is not is a fault with its place.
import { counted, shown, Unreadable, within } from "./fault.js";
import { NOT_NUMBERS } from "./json.js";

/** Above this, sums over all experts, layers and windows could leave the range of numbers. No count of tokens comes near. */
export const MOST_LOAD = 1e300;

/** A list that holds at least one thing. */
export function listAt(value: unknown, place: string, what: string, hint: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable(place, `it is ${shown(value)}, not ${what}`, hint);
  if (value.length === 0) throw new Unreadable(place, `${what} has nothing in it`, hint);
  return value as unknown[];
}

/** One number for each expert: finite and not negative. `place` is that of the row, `each` what its numbers are of. */
export function countsAt(value: unknown, place: string, hint: string, each = "expert"): readonly number[] {
  const row = listAt(value, place, `a list with a number for each ${each}`, hint);
  const wrong = row.findIndex((count) => !isCount(count));
  if (wrong >= 0) refuseCount(row[wrong], within(place, `${each} ${String(wrong)}`));
  return row as readonly number[];
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= MOST_LOAD;

export function refuseCount(value: unknown, place: string): never {
  const hint = "Loads are counts of tokens, or shares of them: finite numbers that are not negative.";
  if (typeof value === "string" && NOT_NUMBERS.includes(value))
    throw new Unreadable(place, `it is ${value}`, hint);
  if (typeof value !== "number") throw new Unreadable(place, `it is ${shown(value)}, not a number`, hint);
  if (value < 0) throw new Unreadable(place, `it is negative, ${String(value)}`, hint);
  // JSON has numbers that are greater than those of double precision, which are read as infinite.
  if (!Number.isFinite(value)) throw new Unreadable(place, `it is ${String(value)}`, hint);
  throw new Unreadable(place, `it is ${String(value)}, and no load is above ${String(MOST_LOAD)}`, hint);
}

/** A whole number from `least` to `most`. */
export function wholeAt(value: unknown, place: string, least: number, most: number, hint: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Unreadable(
    place,
    `it is ${shown(value)}, not a whole number from ${String(least)} to ${String(most)}`,
    hint,
  );
}

/** A matrix [layer][expert], all rows of one length. `place` is "" where the matrix is all there is. */
export function matrixAt(
  value: unknown,
  place: string,
  hint: string,
  each = "expert",
): readonly (readonly number[])[] {
  const rows = listAt(value, place === "" ? "the file" : place, "a list with a row for each layer", hint);
  const matrix = rows.map((row, layer) => countsAt(row, within(place, `layer ${String(layer)}`), hint, each));
  checkRagged(matrix, place, each);
  return matrix;
}

function checkRagged(matrix: readonly (readonly number[])[], place: string, each: string): void {
  const width = matrix[0]!.length;
  const ragged = matrix.findIndex((row) => row.length !== width);
  if (ragged < 0) return;
  throw new Unreadable(
    within(place, `layer ${String(ragged)}`),
    `it has ${counted(matrix[ragged]!.length, each)}, and layer 0 has ${String(width)}`,
    `Every layer must have a number for each ${each}.`,
  );
}

/** Matrices of one shape, a window each. `name` is what one is called: "window", "step". */
export function windowsAt(
  value: unknown,
  name: string,
  hint: string,
  each = "expert",
): readonly (readonly (readonly number[])[])[] {
  const all = listAt(value, "the file", `a list with a matrix for each ${name}`, hint);
  const windows = all.map((one, at) => matrixAt(one, `${name} ${String(at)}`, hint, each));
  const [first] = windows;
  const layers = first!.length;
  const width = first![0]!.length;
  windows.forEach((window, at) => {
    const place = `${name} ${String(at)}`;
    if (window.length !== layers)
      throw new Unreadable(
        window.length < layers ? `${place}, layer ${String(window.length)}` : place,
        `the ${name} has ${counted(window.length, "layer")}, and ${name} 0 has ${String(layers)}`,
        `Every ${name} must have all layers.`,
      );
    if (window[0]!.length !== width)
      throw new Unreadable(
        place,
        `its layers have ${counted(window[0]!.length, each)}, and those of ${name} 0 have ${String(width)}`,
        `Every ${name} must have a number for each ${each}.`,
      );
  });
  return windows;
}

// Lists and numbers of an input that may hold anything: what is accepted has its type, what is not is a fault with its place.
import { shown, Unreadable } from "./fault.js";
import { NOT_NUMBERS } from "./json.js";

/** Above this, sums over all experts, layers and windows could leave the range of numbers. No count of tokens comes near. */
const MOST = 1e300;

/** A list that holds at least one thing. */
export function listAt(value: unknown, place: string, what: string, hint: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable(place, `it is ${shown(value)}, not ${what}`, hint);
  if (value.length === 0) throw new Unreadable(place, `${what} has nothing in it`, hint);
  return value as unknown[];
}

/** One number for each expert: finite and not negative. `place` is that of the row. */
export function countsAt(value: unknown, place: string, hint: string): readonly number[] {
  const row = listAt(value, place, "a list with a number for each expert", hint);
  const wrong = row.findIndex((each) => !isCount(each));
  if (wrong >= 0) refuseCount(row[wrong], under(place, `expert ${String(wrong)}`));
  return row as readonly number[];
}

const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= MOST;

function refuseCount(value: unknown, place: string): never {
  const hint = "Loads are counts of tokens, or shares of them: finite numbers that are not negative.";
  if (typeof value === "string" && NOT_NUMBERS.includes(value))
    throw new Unreadable(place, `it is ${value}`, hint);
  if (typeof value !== "number") throw new Unreadable(place, `it is ${shown(value)}, not a number`, hint);
  if (value < 0) throw new Unreadable(place, `it is negative, ${String(value)}`, hint);
  // JSON has numbers that are greater than those of double precision, which are read as infinite.
  if (!Number.isFinite(value)) throw new Unreadable(place, `it is ${String(value)}`, hint);
  throw new Unreadable(place, `it is ${String(value)}, and no load is above ${String(MOST)}`, hint);
}

/** A matrix [layer][expert], all rows of one length. `place` is "" where the matrix is all there is. */
export function matrixAt(value: unknown, place: string, hint: string): readonly (readonly number[])[] {
  const rows = listAt(value, place === "" ? "the file" : place, "a list with a row for each layer", hint);
  const matrix = rows.map((row, layer) => countsAt(row, under(place, `layer ${String(layer)}`), hint));
  const experts = matrix[0]!.length;
  const ragged = matrix.findIndex((row) => row.length !== experts);
  if (ragged >= 0)
    throw new Unreadable(
      under(place, `layer ${String(ragged)}`),
      `it has ${String(matrix[ragged]!.length)} experts, and ${under(place, "layer 0")} has ${String(experts)}`,
      "Every layer must have a number for each expert.",
    );
  return matrix;
}

/** Matrices of one shape, a window each. `name` is what one is called: "window", "step". */
export function windowsAt(
  value: unknown,
  name: string,
  hint: string,
): readonly (readonly (readonly number[])[])[] {
  const all = listAt(value, "the file", `a list with a matrix for each ${name}`, hint);
  const windows = all.map((each, at) => matrixAt(each, `${name} ${String(at)}`, hint));
  const [first] = windows;
  const layers = first!.length;
  const experts = first![0]!.length;
  windows.forEach((window, at) => {
    const place = `${name} ${String(at)}`;
    if (window.length !== layers)
      throw new Unreadable(
        window.length < layers ? `${place}, layer ${String(window.length)}` : place,
        `it has ${String(window.length)} layers, and ${name} 0 has ${String(layers)}`,
        `Every ${name} must have all layers.`,
      );
    if (window[0]!.length !== experts)
      throw new Unreadable(
        place,
        `its layers have ${String(window[0]!.length)} experts, and those of ${name} 0 have ${String(experts)}`,
        `Every ${name} must have a number for each expert.`,
      );
  });
  return windows;
}

const under = (place: string, part: string): string => (place === "" ? part : `${place}, ${part}`);

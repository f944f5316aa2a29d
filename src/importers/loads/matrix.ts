// Loads as plain JSON: a matrix [layer][expert], or one for each window.
import { matrixAt, windowsAt } from "./numbers.js";
import type { ReadLoads } from "./loads.js";

const HINT =
  "Write a JSON matrix tokens[layer][expert], or tokens[window][layer][expert], of numbers that are not negative.";

export function readMatrix(data: readonly unknown[]): ReadLoads {
  const [first] = data;
  const isWindows = Array.isArray(first) && Array.isArray(first[0]);
  return isWindows
    ? { format: "windows", windows: windowsAt(data, "window", HINT) }
    : { format: "matrix", windows: [matrixAt(data, "", HINT)] };
}

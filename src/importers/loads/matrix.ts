// Loads as plain JSON: a matrix [layer][expert], or one for each window.
import type { ReadLoads } from "./loads.js";
import { matrixAt, windowsAt } from "./numbers.js";
import { MOST_WINDOWS } from "./step-windows.js";
import { Tally } from "./tally.js";

const HINT =
  "Write a JSON matrix tokens[layer][expert], or tokens[window][layer][expert], of numbers that are not negative.";

export function readMatrix(data: readonly unknown[]): ReadLoads {
  const [first] = data;
  const isWindows = Array.isArray(first) && Array.isArray(first[0]);
  if (!isWindows) return { format: "matrix", windows: [matrixAt(data, "", HINT)] };
  const windows = windowsAt(data, "window", HINT);
  if (windows.length <= MOST_WINDOWS) return { format: "windows", windows };
  const tally = new Tally();
  windows.forEach((rows, window) => {
    rows.forEach((row, layer) => {
      tally.addLoads(window, { layer }, row);
    });
  });
  return tally.finish("windows");
}

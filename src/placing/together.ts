// Which experts are chosen together: tokens of a trace, or tokens drawn as a co-activation matrix has them.
import type { Diagnostics } from "../diagnostics/report.js";
import { parseCoactivation, tokensOfCoactivation, type ReadLoads } from "../importers/loads/index.js";
import { readJson, reportFault, shownInput } from "./files.js";
import type { Matrix } from "./options.js";

/** Tokens drawn for a layer: enough for counts of copies within a percent. */
const DRAWN_TOKENS = 4096;
const SEED = 1;

/** [layer] tokens of `topK` experts each, where anything tells. Undefined after reporting. */
export function seenTokens(
  path: string | undefined,
  read: ReadLoads,
  loads: Matrix,
  topK: number,
  diagnostics: Diagnostics,
): { readonly tokens?: readonly Int32Array[] } | undefined {
  if (path === undefined)
    return read.topK === topK && read.tokens !== undefined ? { tokens: read.tokens } : {};
  const experts = loads[0]?.length ?? 0;
  const matrix = readJson(path, (text) => parseCoactivation(text, experts), diagnostics);
  if (matrix === undefined) return undefined;
  const { layers } = matrix;
  if (layers.length !== 1 && layers.length !== loads.length) {
    const fault = {
      place: "the file",
      reason: `it has ${String(layers.length)} layers, and the loads have ${String(loads.length)}`,
      hint: "Write one matrix for all layers, or one for each.",
    };
    reportFault(shownInput(path), fault, diagnostics);
    return undefined;
  }
  const tokens = loads.map((row, layer) =>
    tokensOfCoactivation(layers[layers.length === 1 ? 0 : layer]!, row, topK, DRAWN_TOKENS, SEED + layer),
  );
  return { tokens };
}

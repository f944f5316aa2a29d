// Layers that are small enough, placed exactly.
import type { Diagnostics } from "../diagnostics/report.js";
import { placeExactly, placeLayers, type PlacedResult, type PlaceProblem } from "../place/index.js";
import type { ExactReport } from "../report/place/report.js";

export interface ExactlyPlaced {
  readonly results: readonly PlacedResult[];
  readonly report: ExactReport;
}

/** Undefined after reporting that the layers are too large. */
export async function placeAllExactly(
  problem: PlaceProblem,
  diagnostics: Diagnostics,
): Promise<ExactlyPlaced | undefined> {
  const [results, proved, gap]: [PlacedResult[], boolean[], number[]] = [[], [], []];
  for (const [layer, searched] of placeLayers(problem).entries()) {
    const exact = await placeExactly(problem, layer);
    if ("refused" in exact) {
      const span = { source: "--exact", start: 0, end: 0 };
      diagnostics.report("too-large-for-exact", span, { most: exact.most, pairs: exact.cells });
      return undefined;
    }
    const { placed, score, lowerBoundLoad } = exact;
    results.push({ ...searched, placed, score, lowerBoundLoad });
    proved.push(exact.proved);
    gap.push(Math.max(0, exact.gap));
  }
  return { results, report: { proved, gap } };
}

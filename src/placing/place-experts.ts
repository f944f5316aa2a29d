// Placement alone: loads of any system in, a placement of every layer out, priced and beside what the usual rule gives.
import { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import {
  LayerScorer,
  lowerBoundShare,
  placeLayers,
  type PlacedResult,
  type PlaceOptions,
  type PlaceProblem,
} from "../place/index.js";
import { rebalance, type MoveLimit } from "../place/rebalance/index.js";
import { costsOf, reportPlacement, type PlacementReport } from "../report/place/report.js";
import { reportRebalance } from "../report/place/rebalance-report.js";
import { unmendedIn } from "../report/place/unmended.js";
import { askedFor, type Asked } from "./asked.js";
import { checkOptions } from "./check-options.js";
import { shownInput } from "./files.js";
import type { PlaceExpertsOptions, WindowChoice } from "./options.js";
import { placeAllExactly } from "./exactly.js";
import { placeWindows } from "./place-windows.js";
import type { Previous } from "./previous.js";
import type { Found } from "./shapes.js";
import { WindowScorer } from "./windows.js";

export interface PlacedExperts {
  /** Absent where a diagnostic says why. */
  readonly report?: PlacementReport;
  readonly diagnostics: Diagnostics;
  /** The texts that the diagnostics point into. */
  readonly sources: readonly Source[];
}

/** Moves of a rebalance where nobody says how many: as many as gain anything. */
const AS_MANY_AS_GAIN: MoveLimit = { moveCostUs: 0 };

/** Places the experts of every layer. What is wrong with an input is a diagnostic; options of a wrong type or size are a TypeError. */
export async function placeExperts(options: PlaceExpertsOptions): Promise<PlacedExperts> {
  checkOptions(options);
  const found: Found = { diagnostics: new Diagnostics(), sources: [] };
  const asked = askedFor(options, found);
  const report = asked && (await placed(asked, options, found));
  return report === undefined ? found : { ...found, report };
}

async function placed(
  asked: Asked,
  { window = "mean", moves = AS_MANY_AS_GAIN, exact, effort, from, onProgress }: PlaceExpertsOptions,
  found: Found,
): Promise<PlacementReport | undefined> {
  const { problem, windows, previous, frame } = asked;
  const options: PlaceOptions = {
    ...(effort === undefined ? {} : { effort }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const proved = exact === true ? await placeAllExactly(problem, found.diagnostics) : undefined;
  if (exact === true && proved === undefined) return undefined;
  const searched = proved?.results ?? placeWindows(problem, windows, window, options);
  const moved = previous && moveFrom(previous, problem, searched, moves);
  const unmended = unmendedIn(moved?.reports.rebalance);
  if (unmended !== undefined) {
    const span = { source: shownInput(from ?? ""), start: 0, end: 0 };
    found.diagnostics.report("constraints-not-kept", span, { ...unmended });
  }
  const results = moved?.results ?? searched;
  return reportPlacement(problem, results, {
    ...frame,
    ...(windows.length === 1 ? {} : { windows: windowsReport(asked, results, window) }),
    ...(problem.tokens === undefined ? {} : { coactivation: coactivationReport(problem, options) }),
    ...moved?.reports,
    ...(proved === undefined ? {} : { exact: proved.report }),
  });
}

/** Placements after few moves from where experts are, and the reports on both. */
function moveFrom(
  { layers }: Previous,
  problem: PlaceProblem,
  searched: readonly PlacedResult[],
  limit: MoveLimit,
): {
  readonly results: readonly PlacedResult[];
  readonly reports: Pick<PlacementReport, "from" | "rebalance">;
} {
  const rebalanced = rebalance(problem, layers, limit);
  // What breaks a constraint may go below the bound of all that keep it.
  const free: PlaceProblem = { ...problem, groupRule: "priced", pins: [] };
  const scored = (placed: PlacedResult["placed"], layer: number): Pick<PlacedResult, "placed" | "score"> => ({
    placed,
    score: new LayerScorer(problem, layer).score(placed),
  });
  return {
    results: searched.map((result, layer) => {
      const { placed, unmended } = rebalanced.layers[layer]!;
      const bound = unmended === undefined ? {} : { lowerBoundLoad: boundOf(free, layer) };
      return { ...result, ...scored(placed, layer), ...bound };
    }),
    reports: {
      from: costsOf(problem, layers.map(scored)),
      rebalance: reportRebalance(rebalanced, limit, problem),
    },
  };
}

/** In the unit of the loads. */
const boundOf = (problem: PlaceProblem, layer: number): number =>
  lowerBoundShare(problem, layer) * problem.loads[layer]!.reduce((sum, each) => sum + each, 0);

function windowsReport(
  { problem, windows }: Asked,
  results: readonly PlacedResult[],
  choice: WindowChoice,
): NonNullable<PlacementReport["windows"]> {
  const worst = results.map(({ placed, rule }, layer) => {
    const scorer = new WindowScorer(problem, windows, layer);
    return {
      ...{ balanced: scorer.leastBalanced(placed), slowest: scorer.slowest(placed) },
      ...{ ruleBalanced: scorer.leastBalanced(rule.placed), ruleSlowest: scorer.slowest(rule.placed) },
    };
  });
  return {
    ...{ count: windows.length, placed_for: choice },
    worst_window: worst.map(({ balanced }) => balanced.window),
    worst_balancedness: worst.map(({ balanced }) => balanced.balance),
    slowest_window: worst.map(({ slowest }) => slowest.window),
    worst_time_us: worst.map(({ slowest }) => slowest.timeUs),
    rule_worst_balancedness: worst.map(({ ruleBalanced }) => ruleBalanced.balance),
    rule_worst_time_us: worst.map(({ ruleSlowest }) => ruleSlowest.timeUs),
  };
}

/** What a placement would send between nodes that knows the loads alone, counted by the tokens that were seen. */
function coactivationReport(
  problem: PlaceProblem,
  { effort }: PlaceOptions,
): NonNullable<PlacementReport["coactivation"]> {
  const { tokens: _, ...blind } = problem;
  const results = placeLayers(blind, effort === undefined ? {} : { effort });
  return {
    slow_bytes_without: results.map(
      ({ placed }, layer) => new LayerScorer(problem, layer).score(placed).slowBytes,
    ),
  };
}

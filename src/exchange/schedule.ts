// The best schedule of an all-to-all among all that are known, with what it was chosen over.
import {
  compactTable,
  type ExchangeCandidate,
  type ExchangePlan,
  type ExchangeWhy,
} from "../exchange-plan/index.js";
import { Topology } from "../cost/index.js";
import { exchangeBound, type ExchangeBound } from "./bound/bound.js";
import { candidates } from "./candidates/candidate.js";
import type { Made, NotMade } from "./candidates/made.js";
import { CandidateParts } from "./candidates/parts.js";
import { Demand } from "./demand.js";
import { mostGroupOperations, MOST_GROUP_OPERATIONS } from "./limits.js";
import { Pricing, type Priced } from "./price/pricing.js";
import type { ExchangeProblem } from "./problem.js";

export type { ExchangeBound } from "./bound/bound.js";

export interface ExchangeSchedule {
  /** The chosen plan; its `why` has every candidate with its price. */
  readonly plan: ExchangePlan;
  /** Those with a time first, the fastest of them first. */
  readonly candidates: readonly ExchangeCandidate[];
  readonly bound: ExchangeBound;
  readonly timeUs: number;
}

/** Names of candidates, which a problem may pin. */
export const exchangeAlgorithms: readonly string[] = candidates.map(({ name }) => name);

/** What each candidate is, for people. */
export const exchangeAlgorithmWords: Readonly<Record<string, string>> = Object.fromEntries(
  candidates.map(({ name, words }) => [name, words]),
);

/** The pinned algorithm does not apply. */
export interface NoSchedule {
  readonly plan: undefined;
  readonly candidates: readonly ExchangeCandidate[];
}

interface Tried {
  readonly candidate: ExchangeCandidate;
  readonly made?: Made & Priced;
}

/**
 * Prices every candidate and makes the plan of the fastest, or of the one that the problem pins. Undefined where that one does
 * not apply; `candidates` says why.
 * @throws {InternalError} where the problem's tables do not have the sizes that its machine says
 */
export function scheduleExchange(problem: ExchangeProblem): ExchangeSchedule | NoSchedule {
  const topology = new Topology(problem.machine);
  const demand = new Demand(problem, topology);
  const pricing = new Pricing(demand, topology, problem.parameters, problem.sms);
  const bound = exchangeBound(demand, topology, problem.parameters);
  const parts = new CandidateParts({
    demand,
    fabric: pricing.fabric,
    boundUs: bound.us,
    costsOf: (name) => pricing.costsOf(name),
  });
  const attempt = (name: string, made: Made | NotMade): Tried => {
    if ("reason" in made) return { candidate: { algorithm: name, reason: made.reason } };
    const operations = mostGroupOperations(made.routing, demand.nodes, demand.ranksPerNode);
    if (operations > MOST_GROUP_OPERATIONS) {
      const reason = `a group of ${String(operations)} operations exceeds NCCL's ${String(MOST_GROUP_OPERATIONS)}`;
      return { candidate: { algorithm: name, reason } };
    }
    const priced = pricing.price(name, made);
    return { candidate: candidateOf(name, made, priced), made: { ...made, ...priced } };
  };
  const tried = candidates.map(({ name, make }) => attempt(name, make(parts)));
  const refined = refine(byTime(tried), problem.algorithm, bound.us, (name, waves) => {
    const divide = candidates.find((each) => each.name === name)?.divide;
    return divide === undefined ? undefined : attempt(name, divide(parts, waves));
  });
  const order = byTime(refined);
  const sorted = order.map(({ candidate }) => candidate);
  const chosen = order.find(
    ({ candidate, made }) =>
      made !== undefined && (problem.algorithm === undefined || candidate.algorithm === problem.algorithm),
  );
  if (chosen?.made === undefined) return { plan: undefined, candidates: sorted };
  const { made, candidate } = chosen;
  const why: ExchangeWhy = {
    algorithm: candidate.algorithm,
    prediction: {
      time_us: made.timeUs,
      bound_us: bound.us,
      bound_of: bound.of,
      bytes_per_tier: made.bytesPerTier,
      launch_us: [...made.launchUs],
    },
    candidates: sorted,
  };
  return {
    plan: planOf(problem, demand, made, why),
    candidates: sorted,
    bound,
    timeUs: made.timeUs,
  };
}

/** Of equal times the earlier candidate, which is the simpler one. */
const byTime = (tried: readonly Tried[]): Tried[] =>
  [...tried].sort(
    (left, right) => (left.candidate.time_us ?? Infinity) - (right.candidate.time_us ?? Infinity),
  );

/** A time within this share of the bound is left as it is. */
const GOOD = 0.02;
/** Numbers of waves that are divided at best. */
const WAVES = [5, 8, 13];

/** The candidates, the fastest of which that come in waves are divided anew, as long as that makes them faster. */
function refine(
  tried: readonly Tried[],
  pinned: string | undefined,
  boundUs: number,
  attempt: (name: string, waves: number) => Tried | undefined,
): Tried[] {
  const open = tried.filter(({ candidate }) => pinned === undefined || candidate.algorithm === pinned);
  const better = new Map<string, Tried>();
  for (const { candidate } of open.slice(0, MOST_REFINED)) {
    let best = candidate.time_us ?? Infinity;
    for (const waves of best > boundUs * (1 + GOOD) ? WAVES : []) {
      const again = attempt(candidate.algorithm, waves);
      const time = again?.candidate.time_us ?? Infinity;
      if (again !== undefined && time < best) {
        best = time;
        better.set(candidate.algorithm, again);
      }
    }
  }
  return tried.map((each) => better.get(each.candidate.algorithm) ?? each);
}

/** Candidates that are divided anew. */
const MOST_REFINED = 1;

const candidateOf = (algorithm: string, { routing, stages }: Made, priced: Priced): ExchangeCandidate => ({
  algorithm,
  time_us: priced.timeUs,
  stages,
  launches: routing.launches.length,
  sms: priced.sms,
  buffer_bytes: priced.bufferBytes,
  bytes_per_tier: priced.bytesPerTier,
});

function planOf(
  { machine, direction, rows, copies, rowBytes, capacityRows }: ExchangeProblem,
  demand: Demand,
  made: Made & Priced,
  why: ExchangeWhy,
): ExchangePlan {
  const { ranks, ranksPerNode, nodes } = demand;
  const relayed = made.routing.routes.some(({ way }) => way === "forward" || way === "spread");
  const copied = demand.copies && relayed;
  return {
    format: "weft.exchange/1",
    machine,
    ranks,
    ranks_per_node: ranksPerNode,
    direction,
    row_bytes: rowBytes,
    copies: copied,
    partial_sums: copied && direction === "combine",
    ...(capacityRows === undefined ? {} : { capacity_rows: capacityRows }),
    communicator: { name: "exchange", sms: made.sms },
    demand: {
      rows: compactTable(rows, ranks, ranks, (rank) => rank),
      ...(copies === undefined ? {} : { copies: compactTable(copies, ranks, nodes, demand.nodeOf) }),
    },
    launches: made.routing.launches,
    spreads: made.spreads,
    routes: made.routing.routes,
    why,
  };
}

// Where rows crowd: the ranks that receive most and the experts chosen most, of each exchange. From expected routing and
// placement alone, before any time passes.
import {
  evaluate,
  placementOfLayer,
  rankOfSlot,
  slotsOfRank,
  turnsOf,
  type TokenPolicy,
} from "../../plan/index.js";
import type { ExchangeTraffic } from "../../simulate/index.js";
import type { SimulatedPlan } from "../simulated-plan.js";

/** Loads of an exchange over the layers that make it. */
export interface Heat {
  readonly exchange: string;
  readonly distribution: string;
  readonly layers: number;
  /** Rows of a rank in one exchange, mean over ranks. */
  readonly mean_rows: number;
  /** Rows that a rank can receive, whatever the routing. */
  readonly room_rows: number;
  /** What happens beyond that, such as `every routing fits`. */
  readonly policy: string;
  /** Rows of the rank that receives most over the mean, averaged over layers: how far the slowest rank is ahead in work. */
  readonly mean_peak: number;
  /** The layers in which a rank receives most, over the mean, hottest first. */
  readonly peaks: readonly RankPeak[];
  /** In how many layers each rank receives most; ranks that never do are left out. */
  readonly hottest: readonly { readonly rank: number; readonly layers: number }[];
  /** The experts chosen most in some layer, over an equal share, hottest first. */
  readonly experts: readonly ExpertPeak[];
}

export interface RankPeak {
  readonly layer: number;
  /** Rank of the communicator. */
  readonly rank: number;
  readonly rows: number;
  /** Over the mean. */
  readonly factor: number;
  /** The experts that live there. */
  readonly experts: readonly number[];
}

export interface ExpertPeak {
  readonly layer: number;
  readonly expert: number;
  /** Share of (token, expert) pairs. */
  readonly share: number;
  /** Over an equal share. */
  readonly factor: number;
  readonly replicas: number;
  /** Ranks of the communicator that hold it. */
  readonly ranks: readonly number[];
  /** Share of its tokens that each of them takes. */
  readonly split: readonly number[];
}

/** Peaks kept of an exchange. */
const MOST = 5;

export function heatOf({ plan, priced }: SimulatedPlan): readonly Heat[] {
  return plan.exchanges.map((exchange) => {
    const layers = plan.model.layers
      .filter((run) => run.block === exchange.block)
      .flatMap(({ first, repeat }) => Array.from({ length: repeat }, (_, at) => first + at));
    const distinct = new Map<ExchangeTraffic, number>();
    const peaks = layers.map((layer) => {
      const traffic = priced.traffic.of(exchange.name, layer);
      if (!distinct.has(traffic)) distinct.set(traffic, layer);
      return rankPeak(priced.index.runOfLayer(layer).within, layer, traffic);
    });
    const hottest = new Map<number, number>();
    for (const { rank } of peaks) hottest.set(rank, (hottest.get(rank) ?? 0) + 1);
    const own = new Set(distinct.values());
    return {
      exchange: exchange.name,
      distribution: routingOf(exchange.block, exchange.gate)?.distribution ?? "",
      layers: layers.length,
      mean_rows: evaluate(exchange.mean_rows.expr, priced.index.environment),
      room_rows: evaluate(exchange.capacity_rows.expr, priced.index.environment),
      policy: policyOf(exchange.tokens),
      mean_peak: peaks.reduce((sum, { factor }) => sum + factor, 0) / Math.max(1, peaks.length),
      peaks: hotFirst(peaks.filter(({ layer }) => own.has(layer))),
      hottest: [...hottest]
        .map(([rank, times]) => ({ rank, layers: times }))
        .sort((one, other) => other.layers - one.layers || one.rank - other.rank),
      // Where rows are fixed, layers share their traffic and still differ in what they would send.
      experts: hotFirst(
        (exchange.atom_rows === undefined ? [...own] : layers).map((layer) =>
          expertPeak(layer, priced.traffic.of(exchange.name, layer)),
        ),
      ),
    };
  });

  function routingOf(block: string, gate: string): (typeof plan.routing)[number] | undefined {
    return plan.routing.find((each) => each.block === block && each.gate === gate);
  }

  /** The hottest expert of a layer. */
  function expertPeak(layer: number, { exchange, placement }: ExchangeTraffic): ExpertPeak {
    const { within } = priced.index.runOfLayer(layer);
    const loads = routingOf(exchange.block, exchange.gate)?.loads ?? [];
    const row = (loads.length === 1 ? loads[0] : loads[within]) ?? [];
    const expert = row.reduce((best, share, at) => (share > row[best]! ? at : best), 0);
    const share = row[expert] ?? 0;
    const turns = turnsOf(placementOfLayer(placement, within), expert);
    const slots = [...new Set(turns)].sort((one, other) => one - other);
    return {
      layer,
      expert,
      share,
      factor: share * row.length,
      replicas: slots.length,
      ranks: slots.map((slot) => rankOfSlot(placement, slot)),
      split: slots.map((slot) => turns.filter((each) => each === slot).length / turns.length),
    };
  }
}

/** In words; a policy that comes later is named as the plan names it. */
function policyOf({ policy, factor, bound, overflow }: TokenPolicy): string {
  if (factor !== undefined)
    return `${policy} ${String(factor)}, the same rows to every slot, what exceeds them dropped`;
  if (bound === undefined) return `${policy}, every routing fits`;
  return `${policy}, bound ${String(bound)}, ${overflow ?? "nothing"} beyond`;
}

/** The rank that receives most in a layer. */
function rankPeak(within: number, layer: number, { received, placement, ranks }: ExchangeTraffic): RankPeak {
  let rank = 0;
  let sum = 0;
  received.forEach((rows, at) => {
    sum += rows;
    if (rows > received[rank]!) rank = at;
  });
  const { expert_of_slot } = placementOfLayer(placement, within);
  return {
    layer,
    rank,
    rows: Math.round(received[rank]!),
    factor: sum === 0 ? 1 : (received[rank]! * ranks) / sum,
    experts: expert_of_slot.slice(...slotsOfRank(placement, rank)),
  };
}

const hotFirst = <T extends { readonly factor: number; readonly layer: number }>(
  peaks: readonly T[],
): readonly T[] =>
  [...peaks].sort((one, other) => other.factor - one.factor || one.layer - other.layer).slice(0, MOST);

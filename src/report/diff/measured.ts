// The compared quantities of one plan, by its simulated step.
import { evaluate, extend, type LaunchInstance, type Prediction } from "../../plan/index.js";
import { Amounts, predictionOf } from "../../simulate/index.js";
import { heatOf } from "../explain/heat.js";
import { busiestRank, longestRun, type SimulatedPlan } from "../simulated-plan.js";
import type { Measured } from "./measures.js";

export interface MeasuredPlan {
  readonly measured: Measured;
  readonly prediction: Prediction;
  /** Bytes that a rank sends to others in a step, by tier from the fastest to the slowest. Mean over ranks. */
  readonly tierBytes: readonly (readonly [tier: string, bytes: number])[];
}

export function measure(simulated: SimulatedPlan): MeasuredPlan {
  const { plan, priced, simulation } = simulated;
  const prediction = predictionOf(priced, simulation);
  const sent = sentBytes(simulated);
  const [within = 0, ...across] = sent;
  return {
    measured: {
      step_time: prediction.step_time_us,
      tokens_per_second: prediction.tokens_per_second,
      exposed_communication: prediction.exposed_communication_us,
      communication: prediction.communication_us,
      compute: prediction.compute_us,
      host_wait: prediction.host_wait_us,
      lower_bound: prediction.lower_bound_us,
      memory: prediction.peak_memory_bytes,
      intra_node_bytes: within,
      inter_node_bytes: across.length === 0 ? null : across.reduce((sum, each) => sum + each, 0),
      messages: messages(simulated),
      balance: balance(simulated),
      dropped: prediction.dropped_share ?? null,
      launches_per_layer: launchesPerLayer(simulated),
    },
    prediction,
    tierBytes: plan.machine.tiers.map(({ name }, tier) => [name, sent[tier]!]),
  };
}

/** By tier, bytes that leave a rank in a step; those that it forwards for others too. Mean over ranks. */
function sentBytes({ plan, priced }: SimulatedPlan): readonly number[] {
  const amounts = new Amounts(priced);
  const sums = plan.machine.tiers.map(() => 0);
  for (const { role, program } of priced.roles)
    for (const { launch, layer } of program.launches) {
      if (launch.kind !== "transfer") continue;
      for (const rank of role.ranks)
        amounts
          .transfer(launch, layer, rank)
          .out.forEach((bytes, tier) => (sums[tier] = sums[tier]! + bytes));
    }
  return sums.map((sum) => Math.round(sum / plan.world));
}

/** Messages that a rank sends to others in a step. Mean over ranks. Those of DeepEP's kernels are not counted: null if all are. */
function messages({ plan, priced: { index, roles } }: SimulatedPlan): number | null {
  const counted = plan.exchanges.filter(({ transport }) => transport !== "deepep");
  if (counted.length === 0 && plan.exchanges.length > 0) return null;
  const names = new Set(counted.map(({ name }) => name));
  const known = new Map<string, number>();
  /** Of one rank in one phase. */
  const ofPhase = (exchange: string, name: string): number => {
    const key = `${exchange} ${name}`;
    const group = index.group(index.exchange(exchange).group);
    const { steps } = index.phase(exchange, name);
    const count = (): number => {
      let sum = 0;
      for (let rank = 0; rank < group.size; rank++) {
        const environment = extend(index.environment, { rank });
        for (const step of steps) if (evaluate(step.to, environment) !== rank) sum += 1;
      }
      return sum / group.size;
    };
    const found = known.get(key) ?? count();
    known.set(key, found);
    return found;
  };
  let sum = 0;
  for (const { role, program } of roles)
    for (const { launch } of program.launches)
      if (launch.kind === "transfer" && names.has(launch.exchange))
        sum += role.ranks.length * ofPhase(launch.exchange, launch.phase);
  return rounded(sum / plan.world);
}

/** Rows of the rank that receives most over the mean, averaged over the layers of all exchanges. */
function balance(simulated: SimulatedPlan): number | null {
  const loads = heatOf(simulated);
  const layers = loads.reduce((sum, each) => sum + each.layers, 0);
  return layers === 0
    ? null
    : rounded(loads.reduce((sum, each) => sum + each.mean_peak * each.layers, 0) / layers);
}

/** What the host of the busiest rank issues for a layer of the longest run, for all micro-batches. */
function launchesPerLayer(simulated: SimulatedPlan): number {
  const { first, repeat } = longestRun(simulated.plan);
  const { program } = simulated.simulation.ranks[busiestRank(simulated)]!.role;
  const within = ({ layer }: LaunchInstance): boolean => layer >= first && layer < first + repeat;
  return rounded(program.launches.filter(within).length / repeat);
}

/** Further digits are noise. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

// Tries to beat the lower bounds of a compiled plan: in other legal orders, on machines whose rates and latencies are as much
// larger or smaller as makes now one bound and now another the one that counts, with launch costs and without.
import fc from "fast-check";
import type { CostParameters } from "../../src/cost/index.js";
import type { LaunchPlan, Machine } from "../../src/plan/index.js";
import { lowerBound, pricePlan, simulate } from "../../src/simulate/index.js";
import { reordered } from "./random-order.js";
import { randomParameters } from "./random-plan.js";
import { exact } from "./tiny-plan.js";

/** What is added up of times in another order may differ by as much. */
const TOLERANCE = 1e-9;

interface Attempt {
  readonly plan: LaunchPlan;
  readonly parameters: CostParameters;
}

interface Outcome {
  readonly stepUs: number;
  /** The largest bound. */
  readonly boundUs: number;
  readonly boundBy: string;
  /** Says so where the step beats the bound. */
  readonly beaten: string | undefined;
}

/** Any order of a plan on any such machine. */
export const anyAttempt = (plan: LaunchPlan): fc.Arbitrary<Attempt> =>
  fc
    .record({
      // From the order that was compiled on, which is the quickest, to others.
      picks: fc.oneof(fc.constant([0]), fc.array(fc.nat(99), { minLength: 1, maxLength: 60 })),
      machine: anySpeed.map((speed) => speed(plan.machine)),
      parameters: fc.oneof(
        { weight: 3, arbitrary: fc.constant(exact) },
        { weight: 1, arbitrary: randomParameters },
      ),
    })
    .map(({ picks, machine, parameters }) => {
      let next = 0;
      const pick = (among: number): number => picks[next++ % picks.length]! % among;
      return { plan: { ...reordered(plan, pick), machine }, parameters };
    });

/** What a step is made to hang on: bytes of all tiers, or of all but the fastest, latencies, memory, or arithmetic. */
const regimes = ["links", "upper", "latency", "memory", "peak"] as const;
/** How much slower than all else. */
const SLOWER = 1e4;

const anySpeed: fc.Arbitrary<(machine: Machine) => Machine> = fc
  .constantFrom("as stated" as const, ...regimes)
  .map((regime) => (machine) => {
    const rate = (value: number, slow: boolean): number => (slow ? value / SLOWER : value);
    const { gpu, tiers } = machine;
    return {
      ...machine,
      gpu: {
        ...gpu,
        memory_bandwidth_bytes_per_s: rate(gpu.memory_bandwidth_bytes_per_s, regime === "memory"),
        peak_flops: Object.fromEntries(
          Object.entries(gpu.peak_flops).map(([format, flops]) => [format, rate(flops, regime === "peak")]),
        ),
      },
      tiers: tiers.map((tier, at) => ({
        ...tier,
        bandwidth_bytes_per_s: rate(
          tier.bandwidth_bytes_per_s,
          regime === "links" || (regime === "upper" && at > 0),
        ),
        latency_us: regime === "latency" ? tier.latency_us * SLOWER : tier.latency_us,
      })),
    };
  });

/** What so many attempts on a plan come to; the same ones every time. */
export const outcomesOf = (plan: LaunchPlan, attempts: number): readonly Outcome[] =>
  fc.sample(anyAttempt(plan), { seed: 1, numRuns: attempts }).map(outcomeOf);

function outcomeOf({ plan, parameters }: Attempt): Outcome {
  const priced = pricePlan(plan, parameters);
  const { timeUs: boundUs, boundBy } = lowerBound(priced);
  const { makespanUs: stepUs } = simulate(priced);
  const beaten =
    stepUs < boundUs * (1 - TOLERANCE)
      ? `a step of ${String(stepUs)} us beats the bound of ${String(boundUs)} us by ${boundBy}`
      : undefined;
  return { stepUs, boundUs, boundBy, beaten };
}

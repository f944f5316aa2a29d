// What other folders use of the simulator.
export { Amounts } from "./amounts.js";
export { lowerBound, lowerBounds, type Bound } from "./bound.js";
export { chargesOf } from "./charges.js";
export { deepEpKernels, deepEpPart, type DeepEpKernels } from "./deepep/exchange.js";
export { ExchangeBounds } from "./exchange-bound.js";
export { hostOf } from "./host.js";
export type { Fit } from "./measured/ratio-curve.js";
export { nameOf as targetName } from "./measured/targets.js";
export { Memo } from "./memo.js";
export { PriceMemo } from "./price-memo.js";
export { predict, predictionOf } from "./predict.js";
export { pricePlan, type PricedPlan } from "./priced-plan.js";
export { COMPUTE, READ, TRANSFER } from "./program.js";
export { predecessorsOf } from "./sensitivity/rank-view.js";
export {
  launchesOf,
  simulate,
  simulateFully,
  type FullSimulation,
  type RankTimes,
  type SimulatedLaunch,
  type Simulation,
} from "./simulate.js";
export { StuckError } from "./rank-walk.js";
export type { ExchangeTraffic } from "./traffic.js";
export { transportPrices, type TransportPrice } from "./transports.js";
export { variations, type Variation } from "./variations.js";

// What other folders use of the simulator.
export { lowerBound, type Bound } from "./bound.js";
export { predict } from "./predict.js";
export { pricePlan, type PricedPlan, type PricedRole } from "./priced-plan.js";
export { launchesOf, simulate, type RankTimes, type SimulatedLaunch, type Simulation } from "./simulate.js";
export { Traffic, type ExchangeTraffic } from "./traffic.js";
export { StuckError } from "./rank-walk.js";

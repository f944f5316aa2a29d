// What other folders use of the simulator.
export { lowerBound, type Bound } from "./bound.js";
export { predict } from "./predict.js";
export { pricePlan } from "./priced-plan.js";
export { launchesOf, simulate, type RankTimes, type SimulatedLaunch, type Simulation } from "./simulate.js";
export { StuckError } from "./rank-walk.js";

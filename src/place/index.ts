// What others use of placement.
export { lowerBoundShare } from "./bound.js";
export type { PlaceFault } from "./fault.js";
export { placeFaults } from "./faults.js";
export { gpusOf, type GpuConstraints, type GpuCounts } from "./gpus.js";
export { placeLayers, type PlacedResult, type PlaceOptions } from "./place.js";
export { ruleObstacle, type RuleObstacle, type RulePolicy } from "./rule.js";
export { deepSeekV3, pricesOf, type LayerPrices } from "./prices.js";
export {
  gpuOfSlots,
  nodeCount,
  slotBegins,
  type GateShape,
  type GroupRule,
  type Gpus,
  type Pin,
  type PlacedLayer,
  type PlaceProblem,
} from "./problem.js";
export { LayerScorer, splitOf, type LayerScore } from "./score.js";
export { placeExactly, type ExactPlacement } from "./exact/place-exactly.js";
export { staggered } from "./stagger.js";
export { suitsRule, undoubledLayer } from "./undoubled.js";
export { placeForWindows } from "./windows/place-for-windows.js";

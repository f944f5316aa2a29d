// What others use of the readers of expert loads.
export { isFault, type LoadsFault } from "./fault.js";
export { readLoadsFile } from "./file.js";
export type { ReadLoads } from "./loads.js";
export { parseLoads } from "./parse.js";
export { parseCoactivation } from "./coactivation.js";
export { tokensOfCoactivation } from "./drawn-tokens.js";

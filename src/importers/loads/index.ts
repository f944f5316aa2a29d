// What others use of the readers of expert loads.
export { isFault, type LoadsFault } from "./fault.js";
export type { LoadsFormat, ReadLoads } from "./loads.js";
export { parseLoads } from "./parse.js";

// What others use of the readers of traffic.
export { isTrafficFault, type TrafficFault } from "./fault.js";
export { parseTraffic, trafficOf } from "./parse.js";
export { copiesOfTokens } from "./tokens.js";
export type { Traffic } from "./traffic.js";
export { whereInJson } from "./where-in-json.js";

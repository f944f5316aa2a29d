// What other folders use of the link model.
export * from "./all-to-all.js";
export * from "./collectives.js";
export * from "./group.js";
export * from "./host.js";
export { handshakeTime, portHold, portsOf, portTime, type Ports } from "./ports.js";
export * from "./shared.js";
export * from "./skew.js";
export * from "./topology.js";

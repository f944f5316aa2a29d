// What other folders use of the cost models.
export * from "./parameters.js";
export * from "./device.js";
export * from "./link.js";

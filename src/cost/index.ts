// What other folders use of the cost models.
export * from "./parameters/index.js";
export * from "./contention.js";
export * from "./device/index.js";
export * from "./link/index.js";
export * from "./deepep/index.js";

// What other folders use of the exchange plan.
export type * from "./types.gen.js";
export * from "./expand.js";
export * from "./routing-counts.js";
export * from "./read.js";
export * from "./table.js";
export * from "./ways.js";
export * from "./write.js";

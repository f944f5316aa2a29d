// What other folders use of the plan: its types, expressions, reading and writing, expansion and miniature.
export type * from "./types.gen.js";
export * from "./expression.js";
export * from "./dimensions.js";
export * from "./placement.js";
export * from "./atoms.js";
export * from "./chunks.js";
export * from "./copies.js";
export * from "./document.js";
export * from "./capacity.js";
export * from "./expand.js";
export * from "./measured.js";
export * from "./miniature.js";
export * from "./read.js";
export * from "./write.js";

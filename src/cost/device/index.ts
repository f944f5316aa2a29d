// What others use of the device model.
export { computeTime } from "./compute.js";
export type { GemmFormatName } from "./formats.js";
export { gemmTime } from "./gemm.js";
export { idealTime, peakFlops } from "./roofline.js";
export type { ComputeWork } from "./work.js";

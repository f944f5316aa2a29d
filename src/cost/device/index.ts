// What others use of the device model.
export { computeTime } from "./compute.js";
export { expertKernels, type ExpertKernelName } from "./expert-kernels.js";
export { expertTime, type ExpertLoad } from "./experts.js";
export type { GemmFormatName } from "./formats.js";
export { gemmTime } from "./gemm.js";
export { countGroups, groupedGemmTime, TILE_HEIGHTS, type CountedGroups } from "./grouped.js";
export { idealTime, peakFlops } from "./roofline.js";
export type { ComputeWork } from "./work.js";

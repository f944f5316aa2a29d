// What DeepEP's benchmarks and the tables of them have in common.

/** Bytes of an element with its share of the float32 scale that 128 elements have. */
export const FP8_BYTES = 1 + 4 / 128;
export const BF16_BYTES = 2;

/** DeepEP's benchmark across nodes chooses at most four nodes for each token, as the gate of DeepSeek-V3 does. */
export const NODE_LIMIT = 4;

/** GPUs of a node in the tables: GB200 and GB300 have four. */
export const gpusPerNode = (system: string): number => (system.startsWith("gb") ? 4 : 8);

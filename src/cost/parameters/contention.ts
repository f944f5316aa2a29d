// What kernels and transfers that run beside each other lose to one another, besides the SMs that transfers hold: they share the
// memory. A kernel's share of the memory is what it moves over what the memory could in its time.
//
// A grouped matrix product was measured to take 1.27 times as long under a dispatch on 24 of 132 SMs. The SMs alone make that 1.22,
// which leaves 1.04 for the memory. Transfers were measured to take 1.15 to 1.65 times as long under kernels.
import type { Parameter } from "./parameter.js";

const overlap = "measured overlap of a grouped matrix product and a dispatch (see the file's comment)";

export const contentionParameters = {
  kernelContention: {
    value: 0.2,
    unit: "ratio",
    meaning:
      "How much longer a kernel takes beside transfers whose data moves, if it needs the whole memory bandwidth; in proportion otherwise.",
    source: `${overlap}: 1.04 at a fifth of the bandwidth; on an H100 data that comes in and goes out at the rate of the ports takes a fifth of it (2 x 340 of 3350 GB/s)`,
  },
  transferContention: {
    value: 0.15,
    unit: "ratio",
    meaning: "How much longer transfers take beside kernels that need no memory bandwidth.",
    source: `${overlap}: the least seen`,
  },
  transferMemoryContention: {
    value: 0.5,
    unit: "ratio",
    meaning:
      "What that grows by beside kernels that need the whole memory bandwidth; in proportion otherwise.",
    source: `${overlap}: from the least to the most seen, 1.65`,
  },
} as const satisfies Record<string, Parameter>;

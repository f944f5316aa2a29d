// What the host of a rank spends on issuing launches and on reading counts.
import type { Parameter } from "./parameter.js";

const hostAssumption = "assumption, of the order that CUDA profiles show";
/** Such a test issues groups back to back, so the host can take no longer for one than the test reports. */
const repeatedGroups =
  "assumption below what nccl-tests bounds: H100 repeats small all-to-alls every 6.3 us among 2 GPUs, every 7.2 us among 8";

export const hostParameters = {
  hostLaunch: {
    value: 3,
    unit: "us",
    meaning: "Time of the host to issue a kernel.",
    source: hostAssumption,
  },
  hostGroup: {
    value: 4,
    unit: "us",
    meaning: "Time of the host to issue a group of sends and receives, besides its messages.",
    source: repeatedGroups,
  },
  hostMessage: {
    value: 0.15,
    unit: "us",
    meaning: "Time of the host for each send and each receive of a group.",
    source: repeatedGroups,
  },
  hostSynchronize: {
    value: 5,
    unit: "us",
    meaning: "Time from the end of the launch that the host waits for until the host goes on.",
    source: hostAssumption,
  },
  hostCopy: {
    value: 8,
    unit: "us",
    meaning: "Time to copy an exchange's counts to the host and to compute sizes and offsets from them.",
    source: hostAssumption,
  },
} as const satisfies Record<string, Parameter>;

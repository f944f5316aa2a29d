// What the host of a rank spends on issuing launches and on reading counts.
import type { Parameter } from "./parameter.js";

const hostAssumption = "assumption, of the order that CUDA profiles show";

export const hostParameters = {
  hostLaunch: {
    value: 3,
    unit: "us",
    meaning: "Time of the host to issue a kernel.",
    source: hostAssumption,
  },
  hostGroup: {
    value: 6,
    unit: "us",
    meaning: "Time of the host to issue a group of sends and receives, besides its messages.",
    source: hostAssumption,
  },
  hostMessage: {
    value: 0.3,
    unit: "us",
    meaning: "Time of the host for each send and each receive of a group.",
    source: hostAssumption,
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

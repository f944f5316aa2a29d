// A group of sends and receives on the links of a machine.
import type { Parameter } from "./parameter.js";

export const linkParameters = {
  transferStart: {
    value: 8,
    unit: "us",
    meaning: "Time that a group of sends and receives takes besides the tier's latency, gaps and bytes.",
    source:
      "nccl_collectives.json (aiconfigurator): all-to-alls of 8 H100 up to 1 MiB take 7 to 17 us in all",
  },
  channelBandwidth: {
    value: 20e9,
    unit: "bytes/s",
    meaning: "Bytes per second and direction that one SM of a communicator moves.",
    source:
      "assumption; with 16 SMs it lets through what an all-to-all of 8 H100 reaches in nccl_collectives.json",
  },
} as const satisfies Record<string, Parameter>;

// A group of sends and receives, and NCCL's collectives, on the links of a machine.
import type { Parameter } from "./parameter.js";

const table = "nccl_collectives.json (aiconfigurator: nccl-tests on A100, H100 and B200)";
const jointFit = `joint fit over the machines of ${table}`;

export const linkParameters = {
  transferStart: {
    value: 7.3,
    unit: "us",
    meaning:
      "Time that a group of sends and receives, or a collective, takes besides latency, gaps and bytes.",
    source: `geometric mean over the machines of ${table}: 5 us on H100, 7.5 on B200, 10 on A100`,
  },
  channelBandwidth: {
    value: 20.8e9,
    unit: "bytes/s",
    meaning:
      "Bytes per second and direction that one SM of a communicator (a channel of NCCL) moves, local copies included.",
    source: `${table}: what holds B200 back, whose 32 channels move 667 to 690 GB/s among 2, 4 and 8 GPUs alike`,
  },
  channels: {
    value: 32,
    unit: "count",
    meaning: "Channels that NCCL takes for sends and receives within a node if a communicator states none.",
    source:
      "NCCL (ncclTopoComputeP2pChannels): a power of two from the 24 or 32 of the rings of A100, H100 and B200",
  },
  handshake: {
    value: 5.5,
    unit: "us",
    meaning: "Time that a message takes besides if it is too large for NCCL's low-latency protocol.",
    source: jointFit,
  },
  handshakeBytes: {
    value: 23.6e3,
    unit: "bytes",
    meaning: "Bytes of a message that takes half of that time.",
    source: `${jointFit}; NCCL's own threshold (NCCL_P2P_LL_THRESHOLD) is 16 KiB`,
  },
  peerChunk: {
    value: 512 * 1024,
    unit: "bytes",
    meaning: "Bytes that a channel has under way to a peer over the fastest tier.",
    source: "NCCL: NCCL_P2P_NVL_CHUNKSIZE",
  },
  networkChunk: {
    value: 128 * 1024,
    unit: "bytes",
    meaning: "The same over any other tier.",
    source: "NCCL: NCCL_P2P_NET_CHUNKSIZE",
  },
  chunkFill: {
    value: 0.364,
    unit: "share",
    meaning:
      "Share of the time of one chunk a channel that filling and draining the channels adds to a large group.",
    source: jointFit,
  },
  localCopy: {
    value: 0.88,
    unit: "ratio",
    meaning:
      "Share of the time of copying a rank's rows for itself, at peak memory bandwidth, that adds to that of its messages.",
    source: `${jointFit}; the all-to-alls from 1 MiB on decide it`,
  },
  ringStepGrowth: {
    value: 0.36,
    unit: "share",
    meaning: "What a step of a ring takes more, over the tier's latency, beyond the smallest messages.",
    source: jointFit,
  },
  ringStepBytes: {
    value: 2100,
    unit: "bytes",
    meaning: "Bytes passed on in a step of which half of that is taken.",
    source: jointFit,
  },
  ringPipeline: {
    value: 8.5e6,
    unit: "bytes",
    meaning: "Bytes of a collective that are under way once its pipeline is full.",
    source: jointFit,
  },
  multicastRate: {
    value: 0.93,
    unit: "ratio",
    meaning:
      "Rate of a reduction in the switch (NVLink SHARP) over that of a ring's links; 0 for switches that have none.",
    source: `${table}: all-reduces of 512 MiB on H100 and B200`,
  },
  multicastStart: {
    value: 60,
    unit: "us",
    meaning: "Time that a reduction in the switch takes besides its bytes and the start of a transfer.",
    source: `${table}: all-reduces of eight H100 from 16 MiB on`,
  },
  rankSkew: {
    value: 1,
    unit: "us",
    meaning: "Standard deviation of when ranks reach a transfer, beyond what their priced work explains.",
    source:
      "assumption: of the order of the jitter of kernel starts; nccl-tests has none, as it repeats in step",
  },
} as const satisfies Record<string, Parameter>;

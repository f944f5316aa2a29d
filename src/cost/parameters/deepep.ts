// DeepEP's kernels: what one SM does for a copy of a token, what ports let through, and what starts and barriers cost.
import type { Parameter } from "./parameter.js";

const normalTable =
  "joint fit of deepep_normal.json (aiconfigurator), H100 and B200 on one node, H100 on two and four";
const lowLatencyTable =
  "joint fit of deepep_ll.json (aiconfigurator), H100 on one to eight nodes and B200 on one";
const midway = "midway between what H100 and B200 were measured to take; their clusters state their own";
const hybridTable = "fit of the published rows of DeepEP's hybrid-ep branch (README, H100)";

export const deepEpParameters = {
  deepepBottleneckNorm: {
    value: 3.25,
    unit: "ratio",
    meaning:
      "How closely a kernel keeps to the slowest of its SMs, its NVLink port and its network port: times add up as the p-norm of this p.",
    source: `${normalTable}, together with DeepEP's published rows; 3 and 4 fit nearly as well`,
  },
  deepepNvlinkShare: {
    value: 0.808,
    unit: "share",
    meaning: "Share of the NVLink bandwidth that throughput kernels reach.",
    source: normalTable,
  },
  deepepNetworkShare: {
    value: 0.996,
    unit: "share",
    meaning: "Share of the network's bandwidth that throughput kernels reach.",
    source: normalTable,
  },
  deepepDispatchStart: {
    value: 10.8,
    unit: "us",
    meaning: "Time of a dispatch of no tokens, besides the trips of its handshakes over NVLink.",
    source: normalTable,
  },
  deepepCombineStart: {
    value: 9.6,
    unit: "us",
    meaning: "The same of a combine, without the way of a first token.",
    source: normalTable,
  },
  deepepStartTrips: {
    value: 21,
    unit: "count",
    meaning: "Trips over NVLink that a throughput kernel of no tokens waits for, each of the tier's latency.",
    source: `${normalTable}: both kernels take 9 us longer on B200, whose trips take 0.43 us longer in NCCL's rings`,
  },
  deepepCombineTokenRate: {
    value: 619e6,
    unit: "bytes/s",
    meaning: "Rate at which one token passes through an idle combine: what its first token takes.",
    source: normalTable,
  },
  deepepStartAcross: {
    value: 6.1,
    unit: "us",
    meaning: "What the start takes longer for each doubling of the nodes.",
    source: normalTable,
  },
  deepepTokenTime: {
    value: 0.389,
    unit: "us",
    meaning: "Time of an SM to read where a token goes.",
    source: normalTable,
  },
  deepepCopyTime: {
    value: 0.146,
    unit: "us",
    meaning: "Least time of an SM for one copy of a token, however short.",
    source: normalTable,
  },
  deepepDispatchCopyRate: {
    value: 19.7e9,
    unit: "bytes/s",
    meaning: "Rate at which an SM copies tokens in a dispatch.",
    source: normalTable,
  },
  deepepCombineCopyRate: {
    value: 18.6e9,
    unit: "bytes/s",
    meaning: "Rate at which an SM copies and adds up tokens in a combine.",
    source: normalTable,
  },
  deepepCombineAcross: {
    value: 1.43,
    unit: "ratio",
    meaning: "What a copy takes longer in a combine across nodes, where results are added up on the way too.",
    source: normalTable,
  },
  deepepReduceRate: {
    value: 5.73e9,
    unit: "bytes/s",
    meaning:
      "Most that an SM makes of finished tokens in a combine: each waits for loads, however few it adds up.",
    source: normalTable,
  },
  deepepNotify: {
    value: 17,
    unit: "us",
    meaning: "Time of the kernel that exchanges counts (dispatch) or waits for all ranks (combine).",
    source: `${normalTable}; on one node the table has none, and this is what remains of those across nodes`,
  },
  deepepNotifyAcross: {
    value: 18.5,
    unit: "us",
    meaning: "What that kernel takes longer for each doubling of the nodes.",
    source: normalTable,
  },
  deepepStragglers: {
    value: 0.016,
    unit: "share",
    meaning: "Share of a combine's time by which the last rank is later: its barrier waits for it.",
    source: normalTable,
  },
  deepepLowLatencyNvlinkDispatch: {
    value: 0.551,
    unit: "share",
    meaning:
      "Share of the NVLink bandwidth that the low-latency dispatch reaches, which sends token by token.",
    source: lowLatencyTable,
  },
  deepepLowLatencyNvlinkCombine: {
    value: 0.573,
    unit: "share",
    meaning: "The same of the low-latency combine.",
    source: midway,
  },
  deepepLowLatencyNetwork: {
    value: 0.934,
    unit: "share",
    meaning: "Share of the network's bandwidth that low-latency kernels reach.",
    source: lowLatencyTable,
  },
  deepepLowLatencyDispatchTrips: {
    value: 10.4,
    unit: "count",
    meaning: "Trips over NVLink that a low-latency dispatch waits for, besides experts and tokens.",
    source: lowLatencyTable,
  },
  deepepLowLatencyCombineTrips: {
    value: 12.9,
    unit: "count",
    meaning: "The same of a combine.",
    source: lowLatencyTable,
  },
  deepepLowLatencyDispatchExpertTrips: {
    value: 3.15,
    unit: "count",
    meaning: "The same for each of the experts that an SM serves in a dispatch, one after another.",
    source: lowLatencyTable,
  },
  deepepLowLatencyCombineExpertTrips: {
    value: 1.61,
    unit: "count",
    meaning: "The same in a combine.",
    source: lowLatencyTable,
  },
  deepepLowLatencyMetadata: {
    value: 16,
    unit: "bytes",
    meaning: "Bytes that a low-latency dispatch sends with each token, to say where it comes from.",
    source: "DeepEP's README counts 7168 + 224 + 16 bytes for a token of hidden 7168",
  },
  deepepLowLatencyNetworkStart: {
    value: 6.4,
    unit: "us",
    meaning: "What a low-latency kernel takes longer as soon as it crosses nodes.",
    source: lowLatencyTable,
  },
  deepepLowLatencyStartAcross: {
    value: 2.5,
    unit: "us",
    meaning: "What it takes longer for each doubling of the nodes.",
    source: lowLatencyTable,
  },
  deepepLowLatencyTokenTime: {
    value: 1.29,
    unit: "us",
    meaning: "Time of an SM for each token that it sends in a low-latency dispatch.",
    source: lowLatencyTable,
  },
  deepepLowLatencyCastRate: {
    value: 5.13e9,
    unit: "bytes/s",
    meaning: "Rate, in bytes as sent, at which an SM casts the tokens of a low-latency dispatch.",
    source: lowLatencyTable,
  },
  deepepLowLatencyReduceRate: {
    value: 24.7e9,
    unit: "bytes/s",
    meaning: "Rate at which an SM makes finished tokens in a low-latency combine.",
    source: lowLatencyTable,
  },
  deepepHybridDispatch: {
    value: 2.2,
    unit: "ratio",
    meaning: "What an SM of the hybrid-ep kernels does for one of the throughput kernels in a dispatch.",
    source: hybridTable,
  },
  deepepHybridCombine: {
    value: 4.65,
    unit: "ratio",
    meaning: "The same in a combine.",
    source: hybridTable,
  },
  deepepHybridPorts: {
    value: 0.81,
    unit: "ratio",
    meaning: "What the hybrid-ep kernels reach of the port rates of the throughput kernels.",
    source: hybridTable,
  },
} as const satisfies Record<string, Parameter>;

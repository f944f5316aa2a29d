// What DeepEP publishes of itself: bandwidths of throughput kernels, which are logical, and times of low-latency kernels.
import {
  gpusPerToken,
  lowLatencyLoad,
  lowLatencyTime,
  nodesPerToken,
  throughputLoad,
  throughputTime,
  type Direction,
  type ThroughputKernels,
} from "../../../src/cost/index.js";
import type { Case } from "../family.js";
import { BF16_BYTES, FP8_BYTES } from "./deepep-benchmark.js";

/** Of each direction: dispatch in FP8, combine in BF16. */
type Figures = readonly [dispatch: number, combine: number];

/** The parts of published.json that are DeepEP's. */
export interface PublishedDeepEp {
  readonly deepep_published_h800: {
    /** By EP8, EP16, ...: GPUs. */
    readonly normal_GBps: Readonly<Record<string, Figures>>;
    readonly low_latency_us: Readonly<Record<string, Figures>>;
  };
  readonly deepep_v2: { readonly EP8x4_GBps: Figures };
  /** By ranks, then by SMs. */
  readonly hybrid_ep_h100: Readonly<
    Record<"16_ranks" | "32_ranks", Readonly<Record<string, readonly number[]>>>
  >;
}

const MODEL = { hidden: 7168, experts: 256, topK: 8 };
const GPUS_PER_NODE = 8;
/** SMs of DeepEP's own figures of the throughput kernels. */
const SMS = 24;
/** Kernels of version 2 saturate the ports with 6 SMs: as many as do not bind. */
const NOT_BINDING = 132;
const [NORMAL_TOKENS, V2_TOKENS, LOW_LATENCY_TOKENS] = [4096, 8192, 128];
const DIRECTIONS = ["dispatch", "combine"] as const;
const BYTES = { dispatch: MODEL.hidden * FP8_BYTES, combine: MODEL.hidden * BF16_BYTES };

export function publishedDeepEpCases(published: PublishedDeepEp): readonly Case[] {
  const { deepep_published_h800: own, deepep_v2: second, hybrid_ep_h100: hybrid } = published;
  const ranksOf = (name: string): number => Number(name.replace("EP", ""));
  return [
    ...entries(own.normal_GBps).flatMap(([name, figures]) =>
      bandwidths({ system: "h800", name: `DeepEP ${name}`, ranks: ranksOf(name) }, figures),
    ),
    ...bandwidths(
      { system: "h800", name: "DeepEP V2 EP8x4", ranks: 32, tokens: V2_TOKENS, sms: NOT_BINDING },
      second.EP8x4_GBps,
    ),
    ...(["16_ranks", "32_ranks"] as const).flatMap((ranks) =>
      entries(hybrid[ranks]).flatMap(([sms, figures]) =>
        bandwidths(
          {
            ...{
              system: "h100",
              name: `hybrid-ep ${ranks} ${sms} SMs`,
              ranks: parseInt(ranks),
              sms: Number(sms),
            },
            kernels: "hybrid",
          },
          figures,
        ),
      ),
    ),
    ...entries(own.low_latency_us).flatMap(([name, figures]) => latencies(name, ranksOf(name), figures)),
  ];
}

const entries = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record);

interface Setting {
  readonly system: string;
  readonly name: string;
  readonly ranks: number;
  readonly tokens?: number;
  readonly sms?: number;
  readonly kernels?: ThroughputKernels;
}

function bandwidths(setting: Setting, gigabytes: readonly number[]): readonly Case[] {
  const { system, name, ranks, tokens = NORMAL_TOKENS, sms = SMS, kernels = "normal" } = setting;
  const routing = { ...MODEL, tokens, nodes: ranks / GPUS_PER_NODE, gpusPerNode: GPUS_PER_NODE };
  const load = throughputLoad(routing);
  // Logical: a token counts once for each of its nodes, on one node for each of its GPUs, with its own.
  const counted = tokens * (routing.nodes > 1 ? nodesPerToken(routing) : gpusPerToken(routing));
  const ofDirection = (direction: Direction, at: number): Case => ({
    system,
    label: `${name}, ${direction}`,
    measuredUs: (counted * BYTES[direction]) / ((gigabytes[at] ?? NaN) * 1e3),
    predictUs: ({ machine, parameters }) =>
      throughputTime(machine, load, direction, BYTES[direction], sms, parameters, kernels),
  });
  return DIRECTIONS.map(ofDirection);
}

function latencies(name: string, ranks: number, times: Figures): readonly Case[] {
  const routing = {
    ...MODEL,
    tokens: LOW_LATENCY_TOKENS,
    nodes: ranks / GPUS_PER_NODE,
    gpusPerNode: GPUS_PER_NODE,
  };
  const load = lowLatencyLoad(routing);
  return DIRECTIONS.map((direction, at) => ({
    system: "h800",
    label: `DeepEP low-latency ${name}, ${direction}`,
    measuredUs: times[at] ?? NaN,
    predictUs: ({ machine, parameters }) =>
      lowLatencyTime(machine, load, direction, BYTES[direction], MODEL.experts, parameters),
  }));
}

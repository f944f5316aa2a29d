// DeepEP's low-latency kernels, dispatch in FP8 and combine in BF16.
import { lowLatencyLoad, lowLatencyTime, type Direction } from "../../../src/cost/index.js";
import { readable, type FactRow } from "../facts.js";
import type { Case, Family } from "../family.js";
import { parameterKnob } from "../model.js";
import { BF16_BYTES, FP8_BYTES, gpusPerNode } from "./deepep-benchmark.js";

export const deepEpLowLatency: Family = {
  name: "deepep_low_latency",
  file: "deepep_ll.json",
  knobs: [
    parameterKnob("deepepLowLatencyDispatchTrips", 2, 60),
    parameterKnob("deepepLowLatencyCombineTrips", 2, 60),
    parameterKnob("deepepLowLatencyNvlinkCombine", 0.3, 0.95),
  ],
  cases: (table) => readable(table, casesOf).flat(),
};

function casesOf(row: FactRow): readonly Case[] {
  const [system, nodes, hidden] = [row.text("system"), row.number("nodes"), row.number("hidden")];
  const experts = row.number("experts");
  const [tokens, topK] = [row.number("tokens_per_rank"), row.number("topk")];
  const load = lowLatencyLoad({ tokens, experts, topK, nodes, gpusPerNode: gpusPerNode(system) });
  const ofDirection = (direction: Direction, bytesEach: number): Case => ({
    system,
    label: `${direction} of ${String(tokens)} tokens x ${String(hidden)}, top-${String(topK)} of ${String(experts)}, ${String(nodes)} ${nodes === 1 ? "node" : "nodes"}`,
    measuredUs: row.number(`${direction}_us`),
    predictUs: ({ machine, parameters }) =>
      lowLatencyTime(machine, load, direction, bytesEach, experts, parameters),
  });
  return [ofDirection("dispatch", hidden * FP8_BYTES), ofDirection("combine", hidden * BF16_BYTES)];
}

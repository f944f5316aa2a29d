// DeepEP's throughput kernels: those that move tokens, and across nodes those that exchange counts or wait for all ranks.
import { notifyTime, throughputLoad, throughputTime, type Direction } from "../../../src/cost/index.js";
import { readable, type FactRow, type FactTable } from "../facts.js";
import type { Case, Family } from "../family.js";
import { parameterKnob, type Knob } from "../model.js";
import { BF16_BYTES, FP8_BYTES, gpusPerNode, NODE_LIMIT } from "./deepep-benchmark.js";

/** From so many nodes on the measurements are of a congested fabric: three times what four nodes take. */
const CONGESTED_NODES = 8;

const knobs: readonly Knob[] = [
  parameterKnob("deepepDispatchStart", 2, 60),
  parameterKnob("deepepCombineStart", 2, 60),
  parameterKnob("deepepNvlinkShare", 0.5, 0.95),
];

export const deepEpThroughput: Family = {
  name: "deepep_throughput",
  file: "deepep_normal.json",
  knobs,
  remarks: ["8 nodes stand apart in deepep_throughput_congested"],
  cases: (table) => cases(table, (nodes) => nodes < CONGESTED_NODES),
};

/** The rows of eight nodes: predicted for a fabric without congestion, so that what congestion takes can be seen. */
export const deepEpCongested: Family = {
  name: "deepep_throughput_congested",
  file: "deepep_normal.json",
  knobs: [parameterKnob("deepepNetworkShare", 0.1, 1), parameterKnob("deepepStragglers", 0.001, 2)],
  remarks: [
    "8 nodes moved a third of what 4 nodes moved, with any number of SMs: a congested fabric, which no price foresees; the fits move the network's share",
  ],
  cases: (table) => cases(table, (nodes) => nodes >= CONGESTED_NODES),
};

function cases(table: FactTable, wanted: (nodes: number) => boolean): readonly Case[] {
  return readable(table, (row) => (wanted(row.number("nodes")) ? casesOf(row) : undefined)).flat();
}

function casesOf(row: FactRow): readonly Case[] {
  const [system, nodes, hidden] = [row.text("system"), row.number("nodes"), row.number("hidden")];
  const load = throughputLoad({
    tokens: row.number("tokens_per_rank"),
    experts: row.number("experts"),
    topK: row.number("topk"),
    nodes,
    gpusPerNode: gpusPerNode(system),
    nodeLimit: NODE_LIMIT,
  });
  const label = (kernel: string, sms: number): string =>
    `${kernel} of ${String(load.tokens)} tokens x ${String(hidden)}, top-${String(row.number("topk"))} of ${String(row.number("experts"))}, ${String(nodes)} ${nodes === 1 ? "node" : "nodes"}, ${String(sms)} SMs`;
  const ofDirection = (direction: Direction, bytesEach: number): readonly Case[] => {
    const sms = row.number(`${direction}_sms`);
    const transmit = row.number(`${direction}_transmit_us`);
    const notify = row.number(`${direction}_notify_us`);
    const moving: Case = {
      system,
      label: label(direction, sms),
      measuredUs: transmit,
      predictUs: ({ machine, parameters }) =>
        throughputTime(machine, load, direction, bytesEach, sms, parameters),
    };
    // On one node the table has no such kernel.
    if (notify === 0) return [moving];
    const waiting: Case = {
      system,
      label: label(`notify of ${direction}`, sms),
      measuredUs: notify,
      predictUs: (model) => notifyTime(nodes, direction, moving.predictUs(model), model.parameters),
    };
    return [moving, waiting];
  };
  return [...ofDirection("dispatch", hidden * FP8_BYTES), ...ofDirection("combine", hidden * BF16_BYTES)];
}

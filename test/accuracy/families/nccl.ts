// NCCL's collectives and all-to-alls, as nccl-tests times them on one machine, whatever the version.
import {
  allToAllTime,
  collectiveTime,
  Topology,
  transferTimes,
  type Message,
} from "../../../src/cost/index.js";
import { readable, UnreadableRow, type FactTable } from "../facts.js";
import type { Case, Family } from "../family.js";
import { parameterKnob, tierKnob, type Model } from "../model.js";

/** What a machine's calibration and its fastest tier state for this transport. */
export const ncclKnobs = [
  parameterKnob("transferStart", 1, 40),
  tierKnob(0, "efficiency", 0.3, 1),
  tierKnob(0, "latency_us", 0.2, 10),
  tierKnob(0, "message_gap_us", 0.05, 3),
];

export const nccl: Family = {
  name: "nccl",
  file: "nccl_collectives.json",
  knobs: ncclKnobs,
  remarks: [
    "one row may stand for a run twice as slow as its neighbours: small all-to-alls of 8 H100 take 7 to 8 us, or 13 to 17",
    "with H100 left out its small operations are missed: they start in 5 us, on A100 and B200 in 10 and 7.5",
  ],
  cases: ncclCases,
};

/** Rows of the table. nccl-tests' size of an all-gather is that of what is gathered, of an all-to-all that of a rank's buffer. */
export function ncclCases(table: FactTable): readonly Case[] {
  return readable(table, (row) => {
    const [operation, gpus, bytes] = [row.text("op"), row.number("gpus"), row.number("bytes")];
    if (!Number.isInteger(gpus) || gpus < 2) throw new UnreadableRow("no collective of so many GPUs");
    const predictUs = predictor(operation, gpus, bytes);
    if (predictUs === undefined) return undefined;
    return {
      system: row.text("system"),
      label: `${operation} of ${String(bytes)} bytes, ${String(gpus)} GPUs, NCCL ${row.text("nccl_version")}`,
      measuredUs: row.number("latency_us"),
      predictUs,
    };
  });
}

function predictor(operation: string, gpus: number, bytes: number): Case["predictUs"] | undefined {
  switch (operation) {
    case "alltoall":
      return (model) => exchangeTime(model, gpus, bytes);
    case "all_gather":
    case "reduce_scatter":
    case "all_reduce":
      return ({ machine, parameters }) =>
        collectiveTime(new Topology(machine), operation, gpus, bytes, parameters);
    default:
      return undefined;
  }
}

function exchangeTime({ machine, parameters }: Model, gpus: number, bytes: number): number {
  const topology = new Topology(machine);
  if (gpus <= topology.unitSizes[0]!)
    return allToAllTime(topology, gpus, bytes, parameters.channels, parameters);
  const ranks = Array.from({ length: gpus }, (_, rank) => rank);
  const messages = ranks.flatMap((source) =>
    ranks.map((destination): Message => ({ source, destination, bytes: bytes / gpus })),
  );
  return Math.max(...transferTimes(topology, ranks, messages, parameters.channels, parameters));
}

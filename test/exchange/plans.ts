// Exchange plans by way and shape, without a search: for tests of what takes plans.
import { SHARES, compactTable, type ExchangePlan, type Route } from "../../src/exchange-plan/index.js";
import {
  directRouting,
  evenSpread,
  rotatedWaves,
  routingInWaves,
  type Routing,
} from "../../src/exchange/routing.js";
import type { Machine } from "../../src/plan/index.js";

export interface Shape {
  readonly nodes: number;
  readonly ranksPerNode: number;
  readonly kind?: "rail" | "switch";
}

/** A cluster with the links of H800 nodes. */
export function machineOf({ nodes, ranksPerNode, kind = "rail" }: Shape): Machine {
  const tier = (name: string, of: "rail" | "switch", joins: number, bandwidth: number, latency: number) => ({
    name,
    kind: of,
    joins,
    bandwidth_bytes_per_s: bandwidth,
    efficiency: 1,
    latency_us: latency,
    message_gap_us: 0.5,
    span: [0, 0, 0] as [number, number, number],
  });
  return {
    name: "cluster",
    gpus: nodes * ranksPerNode,
    gpu: {
      memory_bytes: 80 * 2 ** 30,
      memory_bandwidth_bytes_per_s: 3.35e12,
      sms: 132,
      peak_flops: { fp8: 1979e12, bf16: 989e12, fp16: 989e12, f32: 67e12, int8: 1979e12 },
    },
    tiers: [
      tier("nvlink", "switch", ranksPerNode, 160e9, 0.745),
      ...(nodes === 1 ? [] : [tier("infiniband", kind, nodes, 50e9, 4)]),
    ],
    span: [0, 0, 0],
  };
}

/** A plan of one way in so many waves. `rows` gives what a rank has for another. */
export function planOf(
  shape: Shape,
  way: Route["way"],
  waves = 1,
  rows: (source: number, destination: number) => number = () => 16,
): ExchangePlan {
  const { nodes, ranksPerNode } = shape;
  const ranks = nodes * ranksPerNode;
  const dense = Float64Array.from({ length: ranks * ranks }, (_, at) =>
    rows(Math.floor(at / ranks), at % ranks),
  );
  const even = Array.from({ length: waves }, () => 1);
  const routing: Routing =
    way === "direct" && waves === 1 ? directRouting() : routingInWaves(way, rotatedWaves(nodes, even));
  return {
    format: "weft.exchange/1",
    machine: machineOf(shape),
    ranks,
    ranks_per_node: ranksPerNode,
    direction: "dispatch",
    row_bytes: 64,
    copies: false,
    partial_sums: false,
    communicator: { name: "exchange", sms: 16 },
    demand: { rows: compactTable(dense, ranks, ranks, (rank) => rank) },
    ...routing,
    spreads: way === "spread" ? [evenSpread(ranksPerNode)] : [],
  };
}

/** A route of everything, for plans that are put together by hand. */
export const WHOLE: [number, number] = [0, SHARES];

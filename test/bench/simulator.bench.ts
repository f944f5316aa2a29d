// What the flow network costs, with and without contention: a table. Then what pricing, walking and bounding a plan
// costs: 8 ranks that all differ, about 1000 launches each.
import { bench } from "vitest";
import { lowerBound, pricePlan, simulate } from "../../src/simulate/index.js";
import {
  measureContended,
  measureContentionFree,
  measureSymmetric,
  type NetworkCost,
} from "./simulator-cost.js";
import { table } from "./table.js";
import { kernel, MEMORY_BYTES_PER_US, readCounts, tinyPlan, transfer } from "../simulate/tiny-plan.js";

/** Ends of flows that are waited for, where all would take too long. */
const MOST_EVENTS = { 64: Infinity, 512: 500, 2048: 5 };

const row = (name: string, { flows, links, events, cpu_s }: NetworkCost): string[] => [
  name,
  ...[flows, links, events].map((each) => each.toLocaleString("en")),
  (cpu_s * 1e3).toFixed(0),
  Math.round(events / cpu_s).toLocaleString("en"),
];

/** Of three runs, the first of which also compiles Weft itself, the quickest. */
const quickest = (measure: () => NetworkCost): NetworkCost =>
  [measure(), measure(), measure()].reduce((best, each) => (each.cpu_s < best.cpu_s ? each : best));

console.log(
  table(
    ["", "flows", "links", "events simulated", "CPU ms", "events/s"],
    [
      row(
        "all-to-all of 1,024 GPUs, equal sizes, 8 a node, rails",
        quickest(() => measureSymmetric(1024)),
      ).slice(0, -1),
      row(
        "contention-free: 1,024 pairs of ports",
        quickest(() => measureContentionFree(1024, 512)),
      ),
      ...([64, 512, 2048] as const).map((ranks) =>
        row(
          `contended: uneven all-to-all of ${ranks.toLocaleString("en")} ranks`,
          measureContended(ranks, MOST_EVENTS[ranks]),
        ),
      ),
    ],
  ),
);

const plan = tinyPlan({
  ranks: 8,
  layers: 100,
  sms: 16,
  loads: [[0.02, 0.05, 0.08, 0.11, 0.14, 0.17, 0.2, 0.23]],
  launches: [
    ...["norm", "project", "attend", "output"].map((id) => kernel(id, 5, { waits: ["done"] })),
    kernel("route", 1, { records: ["routed"] }),
    transfer("counts", { waits: ["routed"], records: ["counted"] }),
    readCounts({ waits: ["counted"] }),
    transfer("dispatch", { records: ["there"] }),
    kernel("expert", ["*", "moe.received", MEMORY_BYTES_PER_US], {
      ...{ exchange: "moe", node: "expert", waits: ["there"], records: ["computed"] },
    }),
    transfer("combine", { waits: ["computed"], records: ["done"] }),
  ],
});
const priced = pricePlan(plan);

bench("pricing a plan", () => void pricePlan(plan));
bench("walking 8 ranks of 1000 launches", () => void simulate(priced));
bench("its lower bound", () => void lowerBound(priced));

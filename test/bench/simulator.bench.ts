// What pricing, walking and bounding a plan costs: 8 ranks that all differ, about 1000 launches each.
import { bench } from "vitest";
import { lowerBound, pricePlan, simulate } from "../../src/simulate/index.js";
import { kernel, MEMORY_BYTES_PER_US, readCounts, tinyPlan, transfer } from "../simulate/tiny-plan.js";

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

// The price of a launch over tables is that of the link model over a list of its messages.
import { describe, expect, test } from "vitest";
import { parametersOf, Topology, TransferLinks } from "../../src/cost/index.js";
import { Demand } from "../../src/exchange/demand.js";
import { Fabric } from "../../src/exchange/price/fabric.js";
import { LaunchLoad } from "../../src/exchange/price/launch-time.js";
import { launchMessages } from "../../src/exchange/price/messages.js";
import { scheduleExchange } from "../../src/exchange/schedule.js";
import { demandKinds, rowsOf } from "../bench/exchange/demands.js";
import { machineOf, planOf } from "./plans.js";

const shapes = [
  { nodes: 1, ranksPerNode: 4 },
  { nodes: 3, ranksPerNode: 4 },
  { nodes: 4, ranksPerNode: 2, kind: "switch" },
  { nodes: 5, ranksPerNode: 1 },
] as const;

describe.each(shapes)("$nodes nodes of $ranksPerNode GPUs", (shape) => {
  const machine = machineOf(shape);
  const topology = new Topology(machine);
  const parameters = parametersOf(machine);
  const rows = rowsOf("heavy-tailed", machine.gpus, 64, 3);
  const problem = {
    machine,
    parameters,
    rows,
    rowBytes: 512,
    direction: "dispatch",
    partialSums: false,
  } as const;

  test.each(["direct", "gather", "forward", "spread"] as const)("%s", (way) => {
    const demand = new Demand(problem, topology);
    const { launches, routes, spreads } = planOf(shape, way);
    for (const messages of launchMessages(demand, { launches, routes }, spreads)) {
      const list: { source: number; destination: number; bytes: number }[] = [];
      messages.forEach((source, destination, count) =>
        list.push({ source, destination, bytes: count * 512 }),
      );
      const ranks = Array.from({ length: machine.gpus }, (_, rank) => rank);
      const bytes = list.map((each) => each.bytes);
      const times = new TransferLinks(topology, ranks, list).times(bytes, 1, 16, parameters);
      const expected = list.length === 0 ? 0 : Math.max(...times);
      expect(new LaunchLoad(new Fabric(topology), messages, 512).time(16, parameters)).toBeCloseTo(
        expected,
        6,
      );
    }
  });
});

describe("the choice", () => {
  const machine = machineOf({ nodes: 8, ranksPerNode: 8 });
  const scheduled = (kind: (typeof demandKinds)[number]) =>
    scheduleExchange({
      ...{ machine, parameters: parametersOf(machine), rows: rowsOf(kind, 64, 4096, 1), rowBytes: 7392 },
      ...{ direction: "dispatch", partialSums: false },
    });

  test.each(demandKinds)("is the fastest candidate and not below the bound: %s", (kind) => {
    const { plan, candidates } = scheduled(kind);
    const times = candidates.flatMap(({ time_us: us }) => (us === undefined ? [] : [us]));
    expect(plan?.why?.algorithm).toBe(candidates[0]?.algorithm);
    expect(plan?.why?.prediction.time_us).toBe(Math.min(...times));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(plan?.why?.prediction.bound_us ?? Infinity);
    const launches = plan?.why?.prediction.launch_us ?? [];
    expect(launches.reduce((sum, each) => sum + each, 0)).toBeCloseTo(Math.min(...times), 6);
  });

  test("uneven traffic gains by relays whose rails are solved for", () => {
    const { candidates } = scheduled("heavy-tailed");
    const timeOf = (name: string): number =>
      candidates.find(({ algorithm }) => algorithm === name)?.time_us ?? Infinity;
    expect(timeOf("rails_split")).toBeLessThan(0.5 * timeOf("direct"));
    expect(timeOf("rails")).toBeLessThan(timeOf("three_step"));
  });

  test("the same problem has the same plan", () => {
    expect(JSON.stringify(scheduled("heavy-tailed"))).toBe(JSON.stringify(scheduled("heavy-tailed")));
  });
});

import { describe, expect, it } from "vitest";
import { collectiveTime, defaultParameters, parametersOf, Topology } from "../../../src/cost/index.js";
import { libraryModel } from "../../accuracy/systems.js";
import { topology } from "./machine.js";

const bare = {
  ...defaultParameters,
  ...{ transferStart: 0, ringStepGrowth: 0, multicastRate: 0, localCopy: 1 },
};
/** Bytes per microsecond that a collective of so many bytes comes to, pipeline and latencies aside. */
const slope = (collective: Parameters<typeof collectiveTime>[1], gpus: number, parameters = bare): number =>
  1e9 /
  (collectiveTime(topology, collective, gpus, 2e9, parameters) -
    collectiveTime(topology, collective, gpus, 1e9, parameters));

describe("a collective", () => {
  it("of few bytes takes the latency of each step of a ring", () => {
    expect(collectiveTime(topology, "all_gather", 4, 0, bare)).toBe(3);
    expect(collectiveTime(topology, "all_reduce", 4, 0, bare)).toBe(6);
  });

  it("of many bytes passes all but a rank's own part, an all-reduce twice", () => {
    expect(slope("all_reduce", 4)).toBeCloseTo(100e3 / 1.5, 3);
    // A quarter of the bytes is copied at 500 GB/s beside.
    expect(slope("reduce_scatter", 4)).toBeCloseTo(1 / (0.75 / 100e3 + 0.25 / 500e3), 3);
  });

  it("that the switch reduces moves the bytes once, and their sums", () => {
    expect(slope("all_reduce", 4, { ...bare, multicastRate: 1 })).toBeCloseTo(100e3 / 1.25, 3);
    expect(slope("all_reduce", 2, { ...bare, multicastRate: 1 })).toBeCloseTo(100e3, 3);
  });

  it("takes about what NCCL measured on eight H100 (nccl-tests results of ai-dynamo/aiconfigurator)", () => {
    const { machine } = libraryModel("h100_sxm")!;
    const error = (collective: Parameters<typeof collectiveTime>[1], bytes: number, measuredUs: number) =>
      Math.abs(
        collectiveTime(new Topology(machine), collective, 8, bytes, parametersOf(machine)) / measuredUs - 1,
      );
    expect(error("all_gather", 512, 10.1)).toBeLessThan(0.1);
    expect(error("all_gather", 2 ** 29, 1398.9)).toBeLessThan(0.1);
    expect(error("all_reduce", 2 ** 29, 2111.7)).toBeLessThan(0.1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allToAllTime,
  defaultParameters,
  parametersOf,
  Topology,
  transferTimes,
} from "../../../src/cost/index.js";
import { libraryModel } from "../../accuracy/systems.js";
import { message } from "./machine.js";

const h100 = libraryModel("h100_sxm")!.machine;
const topology = new Topology(h100);

describe("an all-to-all of equal parts", () => {
  it("takes each rank what a group of such sends and receives takes", () => {
    const sizes = fc.integer({ min: 512, max: 2 ** 29 });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        sizes,
        fc.constantFrom(0, 1, 16, 32),
        (gpus, bytes, sms) => {
          const ranks = Array.from({ length: gpus }, (_, rank) => rank);
          const messages = ranks.flatMap((from) => ranks.map((to) => message(from, to, bytes / gpus)));
          const closed = allToAllTime(topology, gpus, bytes, sms, defaultParameters);
          for (const time of transferTimes(topology, ranks, messages, sms, defaultParameters))
            expect(Math.abs(time / closed - 1)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes about what NCCL measured on eight H100 (nccl-tests results of ai-dynamo/aiconfigurator)", () => {
    const parameters = parametersOf(h100);
    const error = (mebibytes: number, measuredUs: number): number =>
      Math.abs(
        allToAllTime(topology, 8, mebibytes * 2 ** 20, parameters.channels, parameters) / measuredUs - 1,
      );
    expect(error(1, 15.9)).toBeLessThan(0.15);
    expect(error(64, 217.8)).toBeLessThan(0.1);
    expect(error(512, 1480.4)).toBeLessThan(0.05);
  });
});

// What a cluster was measured to do otherwise than others: from its declaration into the plan's machine, and into prices.
import { describe, expect, it } from "vitest";
import { defaultParameters, parametersOf } from "../../src/cost/index.js";
import type { Machine } from "../../src/plan/index.js";
import { programOf, scheduleWith } from "./language.js";

function machineWith(calibration: string): Machine {
  const text = scheduleWith().replace("peak: {", `calibration: ${calibration}, peak: {`);
  return programOf(text).machine;
}

describe("the calibration of a cluster", () => {
  const machine = machineWith("{ kernel_start: 2.5 us, memory_efficiency: 0.9, channel_bandwidth: 24 GB/s }");

  it("is in the plan in each parameter's own unit", () => {
    expect(machine.gpu.calibration).toEqual({
      kernelStart: 2.5,
      memoryEfficiency: 0.9,
      channelBandwidth: 24e9,
    });
  });

  it("stands in place of the common values, and of no other", () => {
    expect(parametersOf(machine)).toEqual({
      ...defaultParameters,
      kernelStart: 2.5,
      memoryEfficiency: 0.9,
      channelBandwidth: 24e9,
    });
  });

  it("is left out where a cluster has none", () => {
    expect(programOf(scheduleWith()).machine.gpu).not.toHaveProperty("calibration");
    expect(parametersOf(programOf(scheduleWith()).machine)).toEqual(defaultParameters);
  });
});

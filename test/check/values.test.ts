// Numbers with units: what a cluster's text means in the plan's units, and what arithmetic allows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAll } from "../../src/check/check.js";
import { compute } from "../../src/check/values/quantity.js";
import { units } from "../../src/check/values/units.js";
import { complaints, modelWith, programOf, scheduleWith } from "./language.js";
import { memoryHost } from "./host.js";

const TIER = "tier nvlink     { joins: 8,     kind: switch, bandwidth: 400 GB/s, latency: 1 us }";
const tierWith = (fields: string) =>
  programOf(scheduleWith().replace(TIER, `tier nvlink { joins: 8, kind: switch, ${fields} }`)).machine
    .tiers[0];

describe("quantities", () => {
  it.each([
    ["400 GB/s", 400e9],
    ["0.4 TB/s", 400e9],
    ["400 Gb/s", 50e9],
    ["400 Gbit/s", 50e9],
    ["1 GiB/s", 2 ** 30],
    ["3 * 100 GB/s + 1 TB/s / 10", 400e9],
    ["1 GB / 2 s", 5e8],
  ])("%s is %d bytes per second", (text, bytes) => {
    expect(tierWith(`bandwidth: ${text}, latency: 1 us`)?.bandwidth_bytes_per_s).toBe(bytes);
  });

  it.each([
    ["1.5 us", 1.5],
    ["1500 ns", 1.5],
    ["0.0015 ms", 1.5],
    ["1.1 us", 1.1],
    ["0 s", 0],
  ])("%s is %d microseconds, to the last digit", (text, time) => {
    expect(tierWith(`bandwidth: 1 GB/s, latency: ${text}`)?.latency_us).toBe(time);
  });

  it("never mixes bits and bytes", () => {
    expect(units.get("Gb/s")?.scale).toBe(125e6);
    expect(units.get("GB/s")?.scale).toBe(1e9);
  });

  it("has no unit that differs from another by case alone, but bits and bytes", () => {
    const texts = [...units.keys()].filter((each) => !/^[kMGTP]?[bB]\/s$/.test(each));
    expect(new Set(texts.map((each) => each.toLowerCase())).size).toBe(texts.length);
  });
});

describe("arithmetic", () => {
  const quantity = fc
    .record({
      value: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      unit: fc.constantFrom(...units.values()),
    })
    .map(({ value, unit }) => ({ value: value * unit.scale, measure: unit.measure }));

  it("adds where the measures are equal, and nowhere else", () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        const same = JSON.stringify(a.measure) === JSON.stringify(b.measure);
        expect(compute("+", a, b).ok).toBe(same);
      }),
    );
  });

  it("gives back the measure after multiplying and dividing", () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        fc.pre(Math.abs(b.value) > 1e-9);
        const product = compute("*", a, b);
        const back = product.ok ? compute("/", product.quantity, b) : product;
        expect(back.ok && back.quantity.measure).toEqual(a.measure);
      }),
    );
  });
});

describe("parameters", () => {
  it("may refer to those above them", () => {
    const model = modelWith("return swiglu(x, width: inner)", "inner = 2 * hidden + 8");
    expect(programOf(scheduleWith("", { model })).dimensions).toContainEqual({
      name: "inner",
      kind: "width",
      value: 136,
    });
  });

  it("of a cluster have defaults, or need an argument", () => {
    const withDefault = scheduleWith("", { cluster: "Node()" }).replace("Node(nodes)", "Node(nodes = 2)");
    expect(programOf(withDefault).machine.gpus).toBe(16);
    expect(complaints(scheduleWith("", { cluster: "Node()" }))).toEqual([`missing-field at "Node"`]);
  });

  it("of a cluster without a schedule may be open", () => {
    const result = checkAll("c.weft", memoryHost({ "c.weft": 'import "weft:clusters/h100"' }));
    expect(result.diagnostics.sorted()).toEqual([]);
    const text = scheduleWith();
    const alone = text.slice(text.indexOf("cluster"), text.indexOf("schedule"));
    expect(complaints(alone)).toEqual([]);
  });
});

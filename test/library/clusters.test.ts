// The library's clusters state what the vendors' data sheets do, and take other sizes.
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/check.js";
import { library } from "../../src/library/index.js";
import type { Machine } from "../../src/plan/types.gen.js";
import { memoryHost } from "../check/host.js";

const GIB = 2 ** 30;

function machineOf(uri: string, use: string): Machine {
  const text = `
import "${uri}"
model Tiny {
  block embed(ids) { return embedding(ids, vocab: 64, width: 32) }
  layers = [embed]
}
schedule tiny of Tiny on ${use} {
  mode  = prefill
  batch = { sequences: 2, length: 8 }
}
`;
  const { program, diagnostics } = check("a.weft", memoryHost({ "a.weft": text }));
  expect(diagnostics.sorted().map(({ message }) => message)).toEqual([]);
  if (program === undefined) throw new Error("no program");
  return program.machine;
}

/** Per GPU: memory in GiB, its bandwidth in TB/s, SMs, dense bf16 and fp8 TFLOPS, GB/s each way in a node and between nodes. */
const sheets = {
  a100: { use: "A100(nodes: 2)", figures: [80, 2.039, 108, 312, undefined, 300, 25] },
  h100: { use: "H100(nodes: 2)", figures: [80, 3.35, 132, 989, 1979, 450, 50] },
  h800: { use: "H800(nodes: 2)", figures: [80, 3.35, 132, 989, 1979, 200, 50] },
  h20: { use: "H20(nodes: 2)", figures: [96, 4, 78, 148, 296, 450, 50] },
  h200: { use: "H200(nodes: 2)", figures: [141, 4.8, 132, 989, 1979, 450, 50] },
  b200: { use: "B200(nodes: 2)", figures: [180, 8, 148, 2250, 4500, 900, 50] },
  b300: { use: "B300(nodes: 2)", figures: [270, 8, 148, 2250, 4500, 900, 100] },
  l40s: { use: "L40S(nodes: 2)", figures: [48, 0.864, 142, 362, 733, 32, 12.5] },
  "gb300-nvl72": { use: "GB300_NVL72(racks: 2)", figures: [277, 8, 148, 2500, 5000, 900, 100] },
  "gb200-nvl72": { use: "GB200_NVL72(racks: 2)", figures: [186, 8, 148, 2500, 5000, 900, 50] },
};

describe.each(Object.entries(sheets))("%s", (name, { use, figures }) => {
  const machine = machineOf(`weft:clusters/${name}`, use);

  it("has the figures of its data sheet", () => {
    const { gpu, tiers } = machine;
    const tera = (value: number | undefined) => value && value / 1e12;
    expect([
      gpu.memory_bytes / GIB,
      tera(gpu.memory_bandwidth_bytes_per_s),
      gpu.sms,
      tera(gpu.peak_flops["bf16"]),
      tera(gpu.peak_flops["fp8"]),
      ...tiers.map((each) => each.bandwidth_bytes_per_s / 1e9),
    ]).toEqual(figures);
  });

  it("joins GPUs by a switch, and nodes by rails", () => {
    const size = name.endsWith("-nvl72") ? 72 : 8;
    expect(machine.tiers.map(({ kind, joins }) => [kind, joins])).toEqual([
      ["switch", size],
      ["rail", 2],
    ]);
    expect(machine.gpus).toBe(2 * size);
  });
});

it("nodes may have another number of GPUs", () => {
  expect(machineOf("weft:clusters/h800", "H800(nodes: 4, gpus: 6)").gpus).toBe(24);
});

it("one rack of GB200 is what the cluster is without arguments", () => {
  expect(machineOf("weft:clusters/gb200-nvl72", "GB200_NVL72").gpus).toBe(72);
});

it("each cluster is tested here", () => {
  const clusters = [...library.keys()].filter((uri) => uri.startsWith("weft:clusters/"));
  expect(clusters).toEqual(
    Object.keys(sheets)
      .map((name) => `weft:clusters/${name}`)
      .sort(),
  );
});

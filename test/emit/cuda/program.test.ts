// What is printed of a plan: readable, the same bytes every time, and no longer for more layers or ranks.
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "@wasm-fmt/clang-format";
import { describe, expect, it } from "vitest";
import type { EmittedFile } from "../../../src/emit/cuda/emit.js";
import type { LaunchPlan } from "../../../src/plan/index.js";
import { crowded } from "../../end-to-end/crowded.js";
import { edited, mixtral, planOf as mixtralPlan } from "../../end-to-end/mixtral.js";
import { planOf } from "../../examples/example.js";
import { programOf } from "./program.js";

const textOf = (files: readonly EmittedFile[], path: string): string => {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`no file is called ${path}`);
  return found.text;
};

const generated = (files: readonly EmittedFile[]): readonly EmittedFile[] =>
  files.filter(({ path }) => path.startsWith("program/"));

const linesOf = (plan: LaunchPlan): Record<string, number> =>
  Object.fromEntries(generated(programOf(plan)).map(({ path, text }) => [path, text.split("\n").length]));

describe("an emitted program", () => {
  it.each(["cells.cu", "exchanges.cu", "step.cu", "model.cpp"])(
    "of Mixtral on three layers has %s",
    async (name) => {
      const golden = new URL(`golden/${name}.txt`, import.meta.url);
      const text = textOf(programOf(await mixtral(3)), `program/${name}`);
      // The plan's hash follows its prices and prediction, which are the affair of other tests.
      const stable = text.replace(/from the plan [0-9a-f]{12}/, "from the plan HASH");
      if (process.env["WEFT_UPDATE"] !== undefined) writeFileSync(golden, stable);
      expect(stable).toBe(readFileSync(golden, "utf8"));
    },
  );

  it("has as many lines for more layers", async () => {
    expect(linesOf(await mixtral(32))).toEqual(linesOf(await mixtral(8)));
  });

  it("has as many lines for more ranks", async () => {
    const ranks = (count: number) =>
      mixtralPlan(
        edited(
          ["H100(nodes: 1)", `H100(nodes: 1, gpus: ${String(count)})`],
          ["ep: 8", `ep: ${String(count)}`],
          ["exchange  = auto", "exchange  = direct_by_slot"],
          ["overlap   = auto", "overlap   = auto(batches: 1, chunks: 1, sms: 8)"],
        ),
        ["Mixtral.depth=3", "Mixtral.experts=16"],
      );
    const [four, eight] = [linesOf(await ranks(4)), linesOf(await ranks(8))];
    expect(eight).toEqual(four);
  });

  it("is the same for the same plan, and names no folder of this machine", async () => {
    const plan = await mixtral(2);
    const files = programOf(plan);
    expect(programOf(plan)).toEqual(files);
    for (const { text } of files) expect(text).not.toMatch(/\/(?:work|home|tmp|root)\//);
  });

  it("is as clang-format leaves it", async () => {
    const files = programOf(await crowded("rounds"));
    const style = textOf(files, ".clang-format");
    for (const { path, text } of generated(files))
      if (/\.(h|cpp|cu|cuh)$/.test(path) && !text.includes("// clang-format off"))
        expect([path, format(text, "file.cpp", style)]).toEqual([path, text]);
  });

  it("leads from its README to the lines that dispatch a layer's tokens", async () => {
    const files = programOf(await planOf("deepseek-v3-prefill"));
    const readme = textOf(files, "README.md");
    const places = [
      ...readme.matchAll(
        /^\| `(\w+)`, micro-batch (\d).*`program\/cells\.cu:(\d+)`.*`program\/exchanges\.cu:(\d+)` \|$/gm,
      ),
    ];
    expect(places).toHaveLength(4);
    for (const [, name, microBatch, issued, defined] of places) {
      expect(textOf(files, "program/cells.cu").split("\n")[Number(issued) - 1]).toMatch(
        new RegExp(`::${name!}\\(.*, ${microBatch!}\\);`),
      );
      expect(textOf(files, "program/exchanges.cu").split("\n")[Number(defined) - 1]).toContain(
        `void ${name!}(`,
      );
    }
  });
});

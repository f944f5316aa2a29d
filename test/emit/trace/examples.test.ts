// The trace of every example is one that Perfetto and chrome://tracing load whole; V3's prefill has all its layers.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, openEntry, traceOfStep } from "../../../src/index.js";
import { fieldsAreRight, isTrace } from "./format.js";
import { eventsOf, isSlice, type Event } from "./rules.js";

const folder = fileURLToPath(new URL("../../../examples", import.meta.url));

/** Fewer of the equal layers, so that compiling takes moments. */
const fewer: Readonly<Record<string, readonly string[]>> = {
  "deepseek-v2-lite-prefill": ["DeepSeekV2Lite.moe_layers=2"],
  "deepseek-v3-decode": ["DeepSeekV3.moe_layers=2", "H800.nodes=4", "decode.parallel.ep=32"],
  "deepseek-v3-prefill": [],
  "deepseek-v3-shortcut": ["DeepSeekV3.moe_layers=2"],
  "mixtral-8x7b-prefill": ["Mixtral.depth=3"],
};

async function traceOf(name: string, overrides: readonly string[]): Promise<string> {
  const entry = openEntry(`${folder}/${name}.weft`);
  const { compiled, diagnostics } = await compile({ entry, overrides: [...overrides] });
  if (compiled === undefined) throw new Error(JSON.stringify(diagnostics.sorted()));
  return traceOfStep(compiled.simulated);
}

describe("the trace of an example", () => {
  it.each(readdirSync(folder).flatMap((file) => (file.endsWith(".weft") ? [file.slice(0, -5)] : [])))(
    "%s",
    async (name) => {
      const text = await traceOf(name, fewer[name] ?? []);
      isTrace(text);
      expect(eventsOf(text).filter(isSlice).length).toBeGreaterThan(100);
    },
  );
});

describe("an event is refused", () => {
  const slice: Event = { ph: "X", name: "a", cat: "compute", pid: 0, tid: 1, ts: 1, dur: 2 };
  const refused: Readonly<Record<string, object>> = {
    "without its duration": { ...slice, dur: undefined },
    "with a time that is text": { ...slice, ts: "1" },
    "with a time before the beginning": { ...slice, ts: -1 },
    "with a time that is no number": { ...slice, ts: null },
    "without a name": { ...slice, name: "" },
    "on a thread that is no whole number": { ...slice, tid: 1.5 },
    "of an unknown phase": { ...slice, ph: "Z" },
    "with a field that does not belong there": { ...slice, color: "red" },
    "that counts what is no number": { ph: "C", name: "SMs", pid: 0, ts: 1, args: { busy: "all" } },
    "that names a thread without saying which": { ph: "M", name: "thread_name", pid: 0, args: { name: "a" } },
    "that ends a flow without an id": { ph: "f", name: "a", cat: "b", pid: 0, tid: 1, ts: 1, bp: "e" },
  };
  it.each(Object.entries(refused))("%s", (_, event) => {
    expect(() => fieldsAreRight([slice])).not.toThrow();
    expect(() => fieldsAreRight([event as Event])).toThrow();
  });
});

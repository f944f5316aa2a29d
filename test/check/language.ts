// Texts of tests: a model around the block at hand, a schedule around the setting at hand.
import { check, checkAll, type CheckOptions } from "../../src/check/check.js";
import type { Program } from "../../src/check/program.js";
import type { Block } from "../../src/plan/types.gen.js";
import { nodeText } from "./dump.js";
import { memoryHost } from "./host.js";
import { renderResult } from "./disk.js";

const CLUSTER = `
cluster Node(nodes) {
  gpu { memory: 80 GiB, memory_bandwidth: 3 TB/s, sms: 132, peak: { bf16: 900 TFLOPS, fp8: 1800 TFLOPS } }
  tier nvlink     { joins: 8,     kind: switch, bandwidth: 400 GB/s, latency: 1 us }
  tier infiniband { joins: nodes, kind: rail,   bandwidth: 50 GB/s,  latency: 4 us }
}
`;

const MODEL = `
model M {
  hidden  = 64
  experts = 8
  top_k   = 2
  block embed(ids) { return embedding(ids, vocab: 100) }
  block moe(x) {
    gate = route(x, experts: experts, top_k: top_k)
    return x + combine(swiglu(dispatch(x, gate), width: 128), gate)
  }
  layers = [embed, 3 * moe]
}
`;

/** A model whose block `moe(x)` has this body; `more` are further parameters and blocks. */
export function modelWith(body: string, more = "", layers = "[embed, moe]"): string {
  return `
model M {
  hidden = 64
  ${more}
  block embed(ids) { return embedding(ids, vocab: 100) }
  block moe(x) {
    ${body}
  }
  layers = ${layers}
}
`;
}

/** A schedule of `model` with these settings besides mode and batch. */
export function scheduleWith(
  settings = "",
  { model = MODEL, cluster = "Node(nodes: 1)", batch = "" } = {},
): string {
  return `${model}${CLUSTER}
schedule s of M on ${cluster} {
  mode = prefill
  batch = ${batch || "{ sequences: 4, length: 128 }"}
  ${settings}
}
`;
}

/** The program of a text; throws what the user would read where there is none. */
export function programOf(text: string, options: CheckOptions = {}): Program {
  const result = check("test.weft", memoryHost({ "test.weft": text }), options);
  if (!result.program) throw new Error(renderResult(result));
  return result.program;
}

/** Each diagnostic as `code at "text it points to"`. */
export function complaints(text: string, options: CheckOptions = {}): readonly string[] {
  const { diagnostics, sources } = checkAll("test.weft", memoryHost({ "test.weft": text }), options);
  return diagnostics.sorted().map(({ code, span }) => {
    const source = sources.find(({ uri }) => uri === span.source)?.text ?? "";
    return `${code} at "${source.slice(span.start, span.end)}"`;
  });
}

/** The block `moe` of a model alone, checked on one node. */
export function moeBlock(body: string, more = "", layers?: string): Block {
  const { model } = programOf(scheduleWith("", { model: modelWith(body, more, layers) }));
  const block = model.blocks.find(({ name }) => name === "moe");
  if (!block) throw new Error("there is no block moe");
  return block;
}

export const nodesOf = (block: Block): readonly string[] => block.nodes.map(nodeText);

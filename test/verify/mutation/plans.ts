// The plans that are damaged: every example, with few repeated layers, and small plans of every kind of exchange.
import { readFileSync } from "node:fs";
import { check } from "../../../src/check/check.js";
import { openEntry, type Entry } from "../../../src/files.js";
import { compileProgram } from "../../../src/passes/index.js";
import type { LaunchPlan } from "../../../src/plan/index.js";
import { placedExperts, planPlaced, type PlacedChoices } from "../../end-to-end/placed-program.js";

export interface PlanSource {
  readonly name: string;
  readonly example: string;
  /** Lines of the example that differ. */
  readonly edits?: readonly (readonly [from: string, to: string])[];
  readonly overrides: readonly string[];
  /** Where experts live, if that is not the compiler's choice. */
  readonly placed?: PlacedChoices;
}

/** Paths are from the repository's root. */
const MIXTRAL = "examples/mixtral-8x7b-prefill.weft";

/** An example of which layers are left out that are like others. */
const example = (name: string, ...overrides: readonly string[]): PlanSource => ({
  name,
  example: `examples/${name}.weft`,
  overrides,
});

/** Three layers already have a first, a middle and a last, and a fourth one whose neighbours are alike. */
const threeDeep = ["DeepSeekV3.dense_layers=1", "DeepSeekV3.moe_layers=3"];

/** Mixtral on four GPUs, in one micro-batch unless `overlap` says otherwise. */
const small = (
  name: string,
  exchange: string,
  { overlap = "auto(batches: 1)", depth = 2, experts = 8, cluster = "H100(nodes: 1, gpus: 4)" } = {},
): PlanSource => ({
  name,
  example: MIXTRAL,
  edits: [
    ["H100(nodes: 1)", cluster],
    ["parallel  = { ep: 8 }", "parallel  = { ep: 4 }"],
    ["exchange  = auto", `exchange  = ${exchange}`],
    ["overlap   = auto", `overlap   = ${overlap}`],
    ["require memory <= 76 GiB", ""],
  ],
  overrides: [`Mixtral.depth=${depth}`, `Mixtral.experts=${experts}`],
});

const twoNodes = "H100(nodes: 2, gpus: 2)";
const rounds = "tokens: dropless(bound: 1.0, overflow: rounds)";

export const planSources: readonly PlanSource[] = [
  example("mixtral-8x7b-prefill", "Mixtral.depth=3"),
  example("deepseek-v2-lite-prefill", "DeepSeekV2Lite.moe_layers=3"),
  example("deepseek-v3-prefill", ...threeDeep),
  example("deepseek-v3-decode", ...threeDeep),
  example("deepseek-v3-shortcut", ...threeDeep),
  small("by-peer", "direct_by_peer"),
  small("by-peer-uneven", "direct_by_peer", { experts: 6 }),
  small("by-slot", "direct_by_slot"),
  small("two-batches", "direct_by_slot", { overlap: "auto(batches: 2)", depth: 3 }),
  small("chunks-by-peer", "direct_by_peer", { overlap: "auto(batches: 1, chunks: 2)", experts: 16 }),
  small("chunks-by-slot", "direct_by_slot", { overlap: "auto(batches: 2, chunks: 2)", depth: 3 }),
  small("rounds", `direct_by_peer(${rounds})`),
  small("rounds-two-batches", `direct_by_slot(${rounds})`, { overlap: "auto(batches: 2)" }),
  small("capacity", "direct_by_peer(tokens: capacity(1.25))"),
  small("bound", "direct_by_slot(tokens: dropless(bound: 1.5, overflow: abort))"),
  small("node-aware", "node_aware(partial_sums: false)", { cluster: twoNodes }),
  small("node-aware-sums", "node_aware(partial_sums: true)", { cluster: twoNodes }),
  small("node-aware-two-batches", "node_aware(partial_sums: true)", {
    cluster: twoNodes,
    overlap: "auto(batches: 2)",
    depth: 3,
  }),
  {
    ...small("turns", "direct_by_peer", { experts: 6 }),
    placed: {
      // Expert 0 by 3 : 1, expert 1 by 1 : 2, in the second layer expert 4 by 2 : 1 : 5; a rank without slots.
      layers: [placedExperts("0:3 1 5 4 | | 2 0 | 3 1:2"), placedExperts("5 4:2 3 0 | | 4 1 | 4:5 2")],
      exchange: "direct_by_peer",
    },
  },
];

/** An entry whose text is edited; each line to edit must occur once. */
function edited(path: string, edits: PlanSource["edits"] = []): Entry {
  const entry = openEntry(path);
  const text = edits.reduce(
    (before, [from, to]) => {
      if (before.split(from).length !== 2) throw new Error(`\`${from}\` does not occur once`);
      return before.replace(from, to);
    },
    readFileSync(path, "utf8"),
  );
  return {
    ...entry,
    host: { read: (uri) => (uri === entry.uri ? { text } : entry.host.read(uri)) },
  };
}

/** The plan that the compiler makes. */
export function compiledPlan({ name, example: path, edits, overrides, placed }: PlanSource): LaunchPlan {
  const { uri, host } = edited(path, edits);
  const { program, diagnostics } = check(uri, host, { overrides });
  const plan =
    program && (placed === undefined ? compileProgram(program, diagnostics) : planPlaced(program, placed));
  if (plan === undefined)
    throw new Error(
      `${name} does not compile: ${diagnostics
        .sorted()
        .map((each) => each.message)
        .join("; ")}`,
    );
  // Who explains a plan reads it; nobody who proves or executes one does.
  const { why: _why, ...rest } = plan;
  // Parts that the compiler shares become parts of their own, or damage to one would be damage to the others.
  return JSON.parse(JSON.stringify(rest)) as LaunchPlan;
}

// The experts of one rank of expert parallelism in one call: TensorRT-LLM's and SGLang's kernels.
import { countGroups, expertTime, type ExpertKernelName, type ExpertLoad } from "../../../src/cost/index.js";
import { readable, type FactRow } from "../facts.js";
import type { Case, Family } from "../family.js";
import { parameterKnob } from "../model.js";
import { rankRows, type GroupLimit, type RankRows } from "../routing/choices.js";
import { meanLoad } from "../routing/load.js";

/** Programs by kernel and number format, as the table names them. */
const KERNELS: Readonly<Record<string, ExpertKernelName>> = {
  "moe_torch_flow_cutlass bfloat16": "cutlassBf16",
  "moe_torch_flow_cutlass fp8": "cutlassFp8",
  "moe_torch_flow_cutlass fp8_block": "cutlassFp8Block",
  "moe_torch_flow_cutlass nvfp4": "cutlassNvfp4",
  "deepgemm fp8_block": "deepGemm",
  "moe_torch_flow_min_latency nvfp4": "trtllmGenNvfp4",
  "moe_torch_flow w4a8_mxfp4_mxfp8": "trtllmGenMxfp4",
  "sglang_fused_moe_triton bfloat16": "tritonBf16",
  "sglang_fused_moe_triton fp8_block": "tritonFp8Block",
};

export const expertCompute: Family = {
  name: "expert_compute",
  file: "moe_expert_compute.json",
  knobs: [
    parameterKnob("expertMemoryEfficiency", 0.6, 0.98),
    parameterKnob("expertPassRate", 8e9, 25e9),
    parameterKnob("expertBf16Efficiency", 0.7, 1),
    parameterKnob("expertFp8Efficiency", 0.7, 1),
    parameterKnob("expertFp8BlockEfficiency", 0.5, 1),
    parameterKnob("deepGemmEfficiency", 0.7, 1),
    parameterKnob("deepGemmMemoryEfficiency", 0.6, 0.9),
    parameterKnob("tritonBf16Efficiency", 0.2, 0.6),
    parameterKnob("tritonFp8Efficiency", 0.4, 0.8),
    parameterKnob("trtllmGenFp4Efficiency", 0.35, 0.7),
    parameterKnob("expertStart", 20, 40),
    parameterKnob("expertFp8BlockStart", 15, 30),
    parameterKnob("trtllmGenStart", 12, 24),
  ],
  remarks: [
    "with a machine left out, what kernels alone on it do is still known: the column tests what machines share (rates of passes, memory, starts, products in bf16 and fp8)",
    "CUTLASS in nvfp4 (B200): a tuner chose kernels that read at 0.75 of the bandwidth for some (shape, ranks) and at 0.4 for others, without a rule; the mean of both is 17 % off in the middle",
    "CUTLASS in bf16 with one expert a rank (H100): the tuner's choice is two to three times slower than for two experts",
    "SGLang's Triton in bf16: shapes that it was tuned for reach twice the rate; which ones is a list in its sources, no physics",
    "the MXFP4 kernels of TensorRT-LLM: some times do not change from 512 to 8,192 tokens, again the tuner's choice",
  ],
  cases: (table) => readable(table, caseOf),
};

function caseOf(row: FactRow): Case | undefined {
  const kernel = KERNELS[`${row.text("kernel")} ${row.text("dtype")}`];
  if (kernel === undefined) return undefined;
  const shape = { hidden: row.number("hidden"), inter: row.number("inter") };
  const load = loadOf(kernel, row);
  return {
    system: row.text("system"),
    label: `${kernel} ${String(shape.hidden)} x ${String(shape.inter)}, top-${String(load.topK)} of ${String(row.number("experts"))}, EP${String(row.number("ep"))}, ${row.text("distribution")}, ${String(row.number("num_tokens"))} tokens`,
    measuredUs: row.number("latency_us"),
    predictUs: ({ machine, parameters }) => expertTime(machine.gpu, kernel, shape, load, parameters),
  };
}

/** The benchmarks of some programs route as DeepSeek-V3 does: 8 groups, of which a token may use 4. */
const DEEPSEEK: GroupLimit = { groups: 8, chosen: 4 };
/** Up to so many experts (Mixtral) two programs do otherwise. */
const FEW_EXPERTS = 8;

function groupLimit(kernel: ExpertKernelName, experts: number): GroupLimit | undefined {
  if (kernel === "trtllmGenNvfp4") return DEEPSEEK;
  return kernel.startsWith("triton") && experts === 256 ? DEEPSEEK : undefined;
}

const known = new Map<string, ExpertLoad>();

/** Rows of many programs have the same load. */
function loadOf(kernel: ExpertKernelName, row: FactRow): ExpertLoad {
  const routed = {
    tokens: row.number("num_tokens"),
    experts: row.number("experts"),
    topK: row.number("topk"),
  };
  const [ranks, distribution] = [row.number("ep"), row.text("distribution")];
  const limit = groupLimit(kernel, routed.experts);
  const few = routed.experts <= FEW_EXPERTS;
  const special =
    few && (kernel === "trtllmGenNvfp4" || kernel.startsWith("triton")) ? kernel.slice(0, 6) : "";
  const key = [routed.tokens, routed.experts, routed.topK, ranks, distribution, limit?.groups, special].join(
    " ",
  );
  const found = known.get(key);
  if (found !== undefined) return found;
  const plain = rankRows(routed, distribution, ranks, limit);
  const routings =
    special === "trtllm"
      ? [allToOne(routed.tokens, plain)]
      : special === "triton"
        ? plain.map(withOthers(routed.topK))
        : plain;
  const load = meanLoad(
    routings.map(({ rows, touching }) => ({
      tokens: special === "triton" ? touching : routed.tokens,
      groups: countGroups(rows),
    })),
    { topK: routed.topK, experts: routed.experts / ranks },
  );
  known.set(key, load);
  return load;
}

/** Eight groups of one expert each: the router's rule makes no sense of them, and all times are those of one expert with all tokens. */
const allToOne = (tokens: number, [first]: readonly RankRows[]): RankRows => ({
  rows: (first?.rows ?? []).map((_, at) => (at === 0 ? tokens : 0)),
  touching: tokens,
});

/** SGLang with few experts was given the rank's tokens alone, and multiplies their rows of other ranks' experts too. */
const withOthers =
  (topK: number) =>
  ({ rows, touching }: RankRows): RankRows => ({
    rows: [...rows, touching * topK - rows.reduce((sum, each) => sum + each, 0)],
    touching,
  });

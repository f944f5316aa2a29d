// DeepGEMM's grouped products between DeepEP's dispatch and combine, as SGLang calls them: in prefill on groups that lie one behind
// the other, in decode on groups that lie apart.
import { countGroups, expertTime, type ExpertKernelName } from "../../../src/cost/index.js";
import { readable, type FactRow } from "../facts.js";
import type { Case, Family } from "../family.js";
import { parameterKnob } from "../model.js";
import { exponentOf } from "../routing/choices.js";
import { meanLoad } from "../routing/load.js";
import { busiestFirst, powerLawRows } from "../routing/power-law.js";

const KERNELS: Readonly<Record<string, ExpertKernelName>> = {
  context: "wideEpContiguous",
  generation: "wideEpMasked",
};

/** Rows of a tile of the contiguous products: a group's rows are padded to it. */
const TILE = 128;

export const groupedGemmSkew: Family = {
  name: "grouped_gemm_skew",
  file: "wideep_deepgemm_moe.json",
  knobs: [
    parameterKnob("deepGemmEfficiency", 0.7, 1),
    parameterKnob("deepGemmMemoryEfficiency", 0.6, 0.9),
    parameterKnob("expertPassRate", 8e9, 25e9),
    parameterKnob("wideEpMaskedStart", 5, 40),
    parameterKnob("wideEpIdleExpert", 0.1, 4),
    parameterKnob("wideEpContiguousStart", 50, 400),
    parameterKnob("wideEpContiguousHost", 100, 700),
  ],
  cases: (table) => readable(table, caseOf),
};

function caseOf(row: FactRow): Case | undefined {
  const phase = row.text("phase");
  const kernel = KERNELS[phase];
  if (kernel === undefined) return undefined;
  const shape = { hidden: row.number("hidden"), inter: row.number("inter") };
  const [tokens, ranks, topK] = [row.number("num_tokens"), row.number("ep"), row.number("topk")];
  const held = row.number("experts") / ranks;
  const load = meanLoad(
    routingsOf(row, phase).map((rows) => ({ tokens, groups: countGroups(rows) })),
    { topK, experts: held },
  );
  return {
    system: row.text("system"),
    label: `${phase} ${String(shape.hidden)} x ${String(shape.inter)}, EP${String(ranks)}, ${row.text("distribution")}, ${String(tokens)} tokens`,
    measuredUs: row.number("latency_us"),
    predictUs: ({ machine, parameters }) => expertTime(machine.gpu, kernel, shape, load, parameters),
  };
}

/** Rows of the measured rank's experts, for each routing. */
function routingsOf(row: FactRow, phase: string): readonly (readonly number[])[] {
  const routed = {
    tokens: row.number("num_tokens"),
    experts: row.number("experts"),
    topK: row.number("topk"),
  };
  const ranks = row.number("ep");
  const held = routed.experts / ranks;
  const exponent = exponentOf(row.text("distribution"));
  if (exponent !== undefined)
    return powerLawRows(routed, exponent).map((rows) => {
      const mine = busiestFirst(rows, ranks).slice(0, held);
      // Where groups lie apart, the buffer of an expert holds each token once.
      return phase === "generation" ? mine.map((each) => Math.min(each, routed.tokens)) : mine;
    });
  const pairs = (routed.tokens * routed.topK) / ranks;
  const each = Math.floor(pairs / held);
  // The benchmark does not pad equal groups: a tile over several of them is multiplied by the weights of one.
  if (phase === "context" && each < TILE) return [new Array<number>(Math.ceil(pairs / TILE)).fill(TILE)];
  return [Array.from({ length: held }, (_, at) => (each > 0 ? each : at < pairs ? 1 : 0))];
}

// Whether the routing that a schedule declares exceeds its own bound: the program would abort, or go on in rounds, as a rule.
import type { Diagnostics } from "../../diagnostics/report.js";
import type { Program } from "../../check/program.js";
import type { PricedPlan } from "../../simulate/index.js";

/** The rank that is expected to have most to do with, over what fits. */
interface Overflow {
  readonly rank: number;
  readonly layer: number;
  readonly does: "receive" | "forward";
  readonly rows: number;
  readonly meanRows: number;
}

/** Warns where rows beyond the declared bound are expected. */
export function reportOverflow(program: Program, priced: PricedPlan, diagnostics: Diagnostics): void {
  const { tokens } = program.schedule.exchange;
  const worst = worstOverflow(priced);
  if (tokens.bound === undefined || worst === undefined) return;
  const { rank, layer, does, rows, meanRows } = worst;
  diagnostics.report("bound-below-expected", tokens.span, {
    ...{ rank, layer, does, bound: tokens.bound },
    rows: Math.round(rows),
    times: (Math.ceil((100 * rows) / meanRows) / 100).toFixed(2),
    consequence:
      tokens.overflow === "rounds"
        ? "the exchange goes on in rounds, which the predicted step time leaves out"
        : "the program ends with an error",
  });
}

function worstOverflow({ index, traffic }: PricedPlan): Overflow | undefined {
  let worst: Overflow | undefined;
  for (const exchange of index.plan.exchanges) {
    const meanRows = exchange.mean_rows.value;
    for (const run of index.plan.model.layers)
      for (let layer = run.first; run.block === exchange.block && layer < run.first + run.repeat; layer++) {
        const counts = traffic.of(exchange.name, layer);
        for (const [does, count] of [
          ["receive", "received"],
          ["forward", "forwarded"],
        ] as const) {
          if (does === "forward" && exchange.ranks_per_node === undefined) continue;
          counts.counts(`${exchange.name}.${count}`)?.forEach((rows, rank) => {
            if (rows > exchange.capacity_rows.value && rows > (worst?.rows ?? 0))
              worst = { rank, layer, does, rows, meanRows };
          });
        }
      }
  }
  return worst;
}

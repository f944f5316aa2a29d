// A mixed-integer program solved by HiGHS.
import type { ModelData } from "highs";
import { InternalError } from "../../diagnostics/internal-error.js";
import { loadHighs } from "../../linear/highs.js";

export interface SolveLimits {
  /** Nodes of the search tree: what is found within them follows from the program alone. */
  readonly nodes: number;
  /** Seconds on top; what is found then depends on the machine. */
  readonly timeLimitS?: number;
}

export interface Solved {
  /** [column]; absent where the limits came first. */
  readonly values: Float64Array | undefined;
  /** No solution is below it. */
  readonly bound: number;
  /** Whether nothing is better than `values`, to within `GAP`. */
  readonly proved: boolean;
  readonly nodes: number;
}

/** A solution within this share of the bound is taken as best. */
const GAP = 1e-6;

export async function solveProgram(data: ModelData, { nodes, timeLimitS }: SolveLimits): Promise<Solved> {
  const highs = await loadHighs();
  const { optimal, infeasible, solutionLimit, timeLimit } = highs.constants.modelStatus;
  return highs.withModel(data, (model): Solved => {
    model.options.set({ output_flag: false, mip_max_nodes: nodes, mip_rel_gap: GAP });
    if (timeLimitS !== undefined) model.options.set("time_limit", timeLimitS);
    model.run();
    const status = model.getModelStatus();
    if (status === infeasible) throw new InternalError("the exact model of a placement has no solution");
    if (status !== optimal && status !== solutionLimit && status !== timeLimit)
      throw new InternalError(`HiGHS ended with model status ${status}`);
    // 2: a feasible point.
    const isFeasible = model.info.get("primal_solution_status") === 2;
    return {
      values: isFeasible ? model.getSolution().colValue : undefined,
      bound: Number(model.info.get("mip_dual_bound")),
      proved: status === optimal,
      nodes: Number(model.info.get("mip_node_count")),
    };
  });
}

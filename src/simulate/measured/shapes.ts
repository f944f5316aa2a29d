// The sizes of kernels and transfers in a plan, at the mean of its counts.
import { evaluate, type PlanIndex } from "../../plan/index.js";
import type { Target, TransferTarget } from "./targets.js";

/** Rows that a kernel works on; for a transfer those that a rank sends, one for each of a token's experts. */
export function rowsOf(target: Target): number {
  if (target.kind === "transfer") return target.exchange.mean_rows.value;
  return target.launches.reduce((sum, { rows }) => sum + rows.end.value - rows.begin.value, 0);
}

/** Rows of a kernel's matrix product; 0 where it makes none. */
export function productRowsOf(target: Target): number {
  if (target.kind === "transfer") return 0;
  return target.launches.reduce((sum, { work }) => sum + (work.gemm?.m.value ?? 0), 0);
}

/** Elements of a row that a transfer moves. */
export function rowWidth({ launch }: TransferTarget, index: PlanIndex): number {
  const sent = launch.operands.find(({ name }) => name === "send");
  if (sent === undefined) return 0;
  return index
    .buffer(sent.buffer)
    .shape.slice(1)
    .reduce<number>((width, each) => width * evaluate(each, index.environment), 1);
}

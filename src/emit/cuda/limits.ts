// What an emitted program cannot express, although the plan is right.
import { evaluate, PlanIndex, type Buffer, type LaunchPlan, type Span } from "../../plan/index.js";

export interface Limit {
  readonly reason: string;
  readonly advice: string;
  readonly span: Span;
}

/** Scales are floats behind 8-bit values, so that many of these must come together. */
const FP8_VALUES_TOGETHER = 4;
/** Kernels count rows in 32 bits. */
const MOST_ROWS = 2 ** 31;

/** The limits that a plan does not keep; none for a plan that can be emitted. */
export function limitsExceeded(plan: LaunchPlan): readonly Limit[] {
  const index = new PlanIndex(plan);
  const spanOf = ({ name }: Buffer): Span => {
    for (const { launches } of plan.cells)
      for (const { operands, span } of launches)
        if (operands.some(({ buffer }) => buffer === name)) return span;
    return plan.schedule.span;
  };
  const known = new Set<string>();
  const narrow = plan.memory.buffers.flatMap((buffer): Limit[] => {
    if (index.precision(buffer.precision).dtype !== "fp8") return [];
    const width = evaluate(buffer.shape.at(-1) ?? 1, index.environment);
    if (width % FP8_VALUES_TOGETHER === 0) return [];
    // Once for all buffers of this width.
    const key = `${buffer.precision}/${String(width)}`;
    if (known.has(key)) return [];
    known.add(key);
    return [
      {
        reason: `"${buffer.name.replace(/@\d+$/, "")}" has rows of ${String(width)} values in fp8, whose scales are floats that stand behind them: rows must be a multiple of ${String(FP8_VALUES_TOGETHER)}`,
        advice: `Make the width ${String(Math.ceil(width / FP8_VALUES_TOGETHER) * FP8_VALUES_TOGETHER)}, or choose bf16 for ${buffer.precision}.`,
        span: spanOf(buffer),
      },
    ];
  });
  const many = plan.exchanges.flatMap(({ name, capacity_rows: { value }, block, dispatch }): Limit[] =>
    value < MOST_ROWS
      ? []
      : [
          {
            reason: `a rank may receive ${String(value)} rows in ${name}, and kernels count rows in 32 bits`,
            advice: "Bound the rows that a rank may receive, or split the batch into more micro-batches.",
            span: index.node(block, dispatch).span,
          },
        ],
  );
  const foreign = plan.exchanges.flatMap(({ name, transport }): Limit[] =>
    transport === "nccl"
      ? []
      : [
          {
            reason: `the rows of ${name} travel by ${transport}, of which there are prices only`,
            advice: "Choose transport: nccl, whose program can be emitted.",
            span: exchangeSpan(plan),
          },
        ],
  );
  return [...narrow, ...many, ...foreign];
}

/** The setting that chooses how rows travel, or the schedule where the plan does not say. */
const exchangeSpan = ({ why, schedule }: LaunchPlan): Span =>
  why?.decisions.find(({ name }) => name === "exchange")?.span ?? schedule.span;

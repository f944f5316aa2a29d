// `parallel = { ep: 8 }`: how ranks share the work. The world is pp * dp * tp; what is not stated is 1, and dp fills the
// cluster. ep is cut out of dp * tp.
import type { Span } from "../../diagnostics/span.js";
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { optional, type Fields } from "../fields.js";
import { nearestDivisor } from "../legal.js";
import type { ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readWhole, type Read } from "../values/read.js";
import type { Gate, Target } from "./environment.js";
import { recordFields, type Given } from "./settings.js";

const KNOWN = ["ep", "dp", "tp", "pp", "order"];

/** `replicated`: whether the placement asks for replicas, so that there may be more ranks than experts. */
export function readParallel(
  given: Given,
  target: Target,
  replicated: boolean,
  context: Context,
): ScheduleSpec["parallel"] | undefined {
  const fields = recordFields("parallel", given, { known: KNOWN }, context);
  if (!fields) return undefined;
  const sizes = ["tp", "pp", "dp", "ep"].map((name) => [name, readSize(fields, name, context)] as const);
  const [tp, pp, dp, ep] = sizes.map(([, read]) => read);
  optional(fields.get("order"), (expr) => checkOrder(expr, context));
  const undone = [refuse(tp, "tp", context), refuse(pp, "pp", context)].some(Boolean);
  if (undone || sizes.some(([name, read]) => fields.get(name) && !read) || !target.machine) return undefined;
  const { gpus, name: cluster } = target.machine;
  if (dp && dp.value > gpus) {
    const advice = `Use at most dp: ${gpus}, or a larger cluster.`;
    reportTooLarge(dp, cluster, gpus, advice, context);
    return undefined;
  }
  const world = dp?.value ?? gpus;
  if (world > MOST_RANKS) {
    context.diagnostics.report("too-many-ranks", dp?.span ?? given.span, { world, most: MOST_RANKS });
    return undefined;
  }
  const parallel = { dp: world, ep: ep?.value ?? 1, span: given.span };
  if (!ep) return parallel;
  if (ep.value > gpus) {
    const advice = `An expert-parallel group lies within the cluster: use at most ep: ${nearestDivisor(ep.value, world)}, or a larger cluster.`;
    reportTooLarge(ep, cluster, gpus, advice, context);
    return undefined;
  }
  if (!dividesWorld(ep, world, context)) return undefined;
  return replicated || hasEnoughExperts(ep, world, target.gates, context) ? parallel : undefined;
}

/** Plans list their ranks, and every one of them is simulated: more would take minutes and help nobody. */
const MOST_RANKS = 16_384;

function readSize(fields: Fields, name: string, context: Context): Read | undefined {
  return optional(fields.get(name), (expr) => readWhole(expr, `"${name}"`, { min: 1 }, noScope, context));
}

function refuse(read: Read | undefined, name: string, context: Context): boolean {
  if (!read || read.value === 1) return false;
  const what = name === "tp" ? "Tensor parallelism" : "Pipeline parallelism";
  const available = `Leave "${name}" at 1. The experts are spread by ep; dp fills the cluster.`;
  context.diagnostics.report("unsupported", read.span, { what: `${what} (${name} > 1)`, available });
  return true;
}

function reportTooLarge(
  read: Read,
  cluster: string,
  available: number,
  advice: string,
  context: Context,
): void {
  const params = { needed: read.value, cluster, available, advice };
  context.diagnostics.report("larger-than-cluster", read.span, params, read.related);
}

function dividesWorld(ep: Read, world: number, context: Context): boolean {
  if (world % ep.value === 0) return true;
  context.diagnostics.report("does-not-divide", ep.span, {
    what: "ep",
    value: ep.value,
    whole: `the ${world} data-parallel ranks`,
    reason: "Every rank belongs to one expert-parallel group, and groups are equal.",
    choice: `ep is ${nearestDivisor(ep.value, world)}`,
    remainder: `${world} / ${ep.value} leaves ${world % ep.value}`,
  });
  return false;
}

function hasEnoughExperts(ep: Read, world: number, gates: readonly Gate[], context: Context): boolean {
  const short = gates.find(({ experts }) => experts < ep.value);
  if (!short) return true;
  const { name: gate, experts } = short;
  const nearest = nearestDivisor(ep.value, world, experts);
  const advice = `Use ep: ${nearest}, or let experts have replicas: placement = auto(redundant: ${ep.value - experts}).`;
  context.diagnostics.report("too-few-experts", ep.span, { ep: ep.value, gate, experts, advice });
  return false;
}

/** `order: [tp, dp, pp]` is legal; with tp and pp at 1 every order numbers the ranks alike. */
function checkOrder(expr: Expr, context: Context): Span | undefined {
  if (expr.kind === "Error") return undefined;
  const names =
    expr.kind === "List" ? expr.items.flatMap((each) => (each.kind === "Name" ? [each.text] : [])) : [];
  if (expr.kind === "List" && [...names].sort().join() === "dp,pp,tp" && expr.items.length === 3)
    return expr.span;
  context.diagnostics.report("wrong-value", expr.span, {
    what: '"order"',
    expected: "a list of tp, dp and pp, each once",
    found: expr.kind === "List" ? "another list" : describeExpression(expr),
    advice: "Write it like [tp, dp, pp], the fastest first.",
  });
  return undefined;
}

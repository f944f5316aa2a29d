// Which measurements are of a kernel or transfer: by name, part and shape. Of several those count that say most.
import { ALL_KERNELS, ANY_PRODUCT, namingOf, type MeasuredTime, type PlanIndex } from "../../plan/index.js";
import { rowWidth } from "./shapes.js";
import type { KernelTarget, Target, TransferTarget } from "./targets.js";

/** A measurement of a target. */
export interface Match {
  readonly time: MeasuredTime;
  /** What was measured together with the target, itself included. */
  readonly scope: readonly Target[];
  /** How much it says, weightiest first; the greatest counts. */
  readonly weight: readonly number[];
}

/** The measurements that count for a target: all that say equally much. */
export function matchesOf(
  target: Target,
  times: readonly MeasuredTime[],
  index: PlanIndex,
): readonly Match[] {
  let best: Match[] = [];
  for (const time of times) {
    const match = matchOf(target, time, index);
    if (match === undefined) continue;
    const order = best[0] === undefined ? 1 : compare(match.weight, best[0].weight);
    if (order > 0) best = [match];
    else if (order === 0) best.push(match);
  }
  return best;
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [at, weight] of one.entries()) {
    const difference = weight - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function matchOf(target: Target, time: MeasuredTime, index: PlanIndex): Match | undefined {
  if (time.time_us === undefined && time.scale === undefined) return undefined;
  const naming =
    time.operator.toLowerCase() === ANY_PRODUCT && target.kind === "kernel"
      ? { weight: 0, part: target.part }
      : namingOf(time, target.of);
  if (naming === undefined) return undefined;
  // Sizes of a matrix product are those of one kernel, whether or not it is named.
  const alone = naming.part === target.part || (naming.part === undefined && hasProductShape(time));
  const scope = alone ? [target] : scopeOf(target, naming.part);
  if (scope === undefined || !hasShape(target, time, index)) return undefined;
  const sized = time.tokens !== undefined || time.rows !== undefined || time.m !== undefined;
  return { time, scope, weight: [scope.length === 1 ? 1 : 0, naming.weight, statedIn(time), sized ? 1 : 0] };
}

/** What a measurement without a part is of: an operator's kernels, or the transfers of an exchange's rows. */
function scopeOf(target: Target, part: string | undefined): readonly Target[] | undefined {
  const { kernels, transfers, op } = target.of;
  const exchanges = op === "dispatch" || op === "combine";
  if (target.kind === "kernel")
    return part === ALL_KERNELS || (part === undefined && !exchanges) ? kernels : undefined;
  return part === undefined && target.carriesRows
    ? transfers.filter(({ carriesRows }) => carriesRows)
    : undefined;
}

const hasProductShape = ({ m, n, k, groups }: MeasuredTime): boolean =>
  [m, n, k, groups].some((each) => each !== undefined);

/** How many things it states that must be the target's. */
const statedIn = ({ dtype, n, k, groups, hidden, ranks, algorithm }: MeasuredTime): number =>
  [dtype, n, k, groups, hidden, ranks, algorithm].filter((each) => each !== undefined).length;

/** Whether all that a measurement states of the shape, but its size, is the target's. */
function hasShape(target: Target, time: MeasuredTime, index: PlanIndex): boolean {
  const exchange = target.kind === "transfer" ? target.exchange : exchangeOf(target, index);
  const { hidden, ranks, algorithm } = time;
  if (ranks !== undefined && (exchange === undefined || index.group(exchange.group).size !== ranks))
    return false;
  if (algorithm !== undefined && exchange?.algorithm !== algorithm) return false;
  if (target.kind === "transfer")
    return (
      !hasProductShape(time) &&
      (hidden === undefined || hidden === rowWidth(target, index)) &&
      hasDtype(target, time, index)
    );
  return hidden === undefined && hasProduct(target, time);
}

/** The format in which rows travel. */
function hasDtype({ launch }: TransferTarget, { dtype }: MeasuredTime, index: PlanIndex): boolean {
  if (dtype === undefined) return true;
  const sent = launch.operands.find(({ name }) => name === "send");
  return sent !== undefined && index.precision(index.buffer(sent.buffer).precision).dtype === dtype;
}

function hasProduct({ launches }: KernelTarget, { dtype, m, n, k, groups }: MeasuredTime): boolean {
  const work = launches[0]?.work;
  if (dtype !== undefined && work?.dtype !== dtype) return false;
  if (![m, n, k, groups].some((each) => each !== undefined)) return true;
  if (work?.gemm === undefined) return false;
  const all = launches.reduce((sum, each) => sum + (each.work.gemm?.groups.value ?? 0), 0);
  return (
    (n === undefined || work.gemm.n.value === n) &&
    (k === undefined || work.gemm.k.value === k) &&
    (groups === undefined || all === groups)
  );
}

function exchangeOf(
  { launches }: KernelTarget,
  index: PlanIndex,
): ReturnType<PlanIndex["exchange"]> | undefined {
  const name = launches[0]?.exchange;
  return name === undefined ? undefined : index.exchange(name);
}

// The kernel of a compute launch on one rank and the arguments it is called with.
import { InternalError } from "../diagnostics/internal-error.js";
import type { KernelArguments } from "../operators/kernel.js";
import type { LaunchContext, Part } from "../operators/operator.js";
import {
  slotsOfRank,
  type ComputeLaunch,
  type Exchange,
  type LaunchInstance,
  type Operand,
} from "../plan/index.js";
import type { ExecutionContext } from "./context.js";
import { countTableOf, type CountTable } from "./count-table.js";

/** Rows that a launch computes: [begin, end). */
export interface Rows {
  readonly begin: number;
  readonly end: number;
}

/** The part of its node's operator that a launch runs. */
export function partOf(context: ExecutionContext, instance: LaunchInstance, launch: ComputeLaunch): Part {
  const node = context.index.node(instance.cell.block, launch.node);
  const part = context.operatorOf(node).parts.find((each) => each.name === launch.part);
  if (part === undefined) throw new InternalError(`operator ${node.op} has no part ${launch.part}`);
  return part;
}

/** Sizes, constants and the words of the operands, in the memory of all ranks. */
export function argumentsOf(
  context: ExecutionContext,
  rank: number,
  instance: LaunchInstance,
  launch: ComputeLaunch,
  rows: Rows,
): KernelArguments {
  const node = context.index.node(instance.cell.block, launch.node);
  const part = partOf(context, instance, launch);
  const exchange = launch.exchange === undefined ? undefined : context.index.exchange(launch.exchange);
  const sizes = part.args({
    dims: context.dimsOf(node),
    options: node.options,
    rowBegin: rows.begin,
    rowEnd: rows.end,
    ...(exchange === undefined ? {} : { exchange: sharesOf(context, exchange, rank, launch.operands) }),
  });
  // A kernel may serve parts that lack one of its operands, such as the segments of a part that is never lifted.
  const args: Record<string, number> = {
    ...Object.fromEntries(part.kernel.params.map(({ name }) => [name, 0])),
    ...sizes,
  };
  for (const spec of part.operands) {
    const operand = launch.operands.find((each) => each.name === spec.name);
    if (operand !== undefined) args[spec.name] = context.wordOf(rank, operand, instance.layer);
    else if (spec.liftedOnly !== true)
      throw new InternalError(`launch ${launch.id} has no operand ${spec.name}`);
  }
  return args;
}

/** What a launch that follows an exchange knows of its group. */
export function sharesOf(
  context: ExecutionContext,
  exchange: Exchange,
  rank: number,
  operands: readonly Operand[],
): NonNullable<LaunchContext["exchange"]> {
  const placement = context.index.placement(exchange.placement);
  const { ranks, self } = context.groupOf(exchange, rank);
  const [first, end] = slotsOfRank(placement, self);
  const table = countTableOf(context, exchange, rank, operands);
  return {
    rank: self,
    ranks: ranks.length,
    slots: placement.slots,
    ownSlots: end - first,
    countStride: table?.stride ?? 0,
    firstCount: table?.first ?? 0,
    ...(exchange.atom_rows === undefined ? {} : { atomRows: exchange.atom_rows.value }),
    ...(exchange.ranks_per_node === undefined ? {} : { relay: relayOf(context, exchange, self, table) }),
  };
}

/** Where a rank stands among nodes, and how much copies carry beside their row: for each pair its row, and its weight for sums. */
function relayOf(context: ExecutionContext, exchange: Exchange, self: number, table: CountTable | undefined) {
  const space = context.spaceOf(exchange);
  return {
    nodes: space.nodes,
    nodeRanks: space.ranksPerNode,
    node: space.nodeOf(self),
    rail: self % space.ranksPerNode,
    firstCount: table?.firstOfNode ?? 0,
    pairTags: exchange.partial_sums === true ? 2 : 1,
  };
}

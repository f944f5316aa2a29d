// The messages of a transfer launch on one rank: whom it sends to and receives from, where and how many words. Sizes
// come from the counts that the rank's host has read by then, as they would in a real program.
import { InternalError } from "../diagnostics/internal-error.js";
import {
  AtomOrder,
  evaluate,
  extend,
  type AtomLayout,
  type Exchange,
  type LaunchInstance,
  type Operand,
  type Phase,
  type Piece,
  type TransferLaunch,
} from "../plan/index.js";
import { AtomOffsets } from "./atoms.js";
import type { CommunicatorRank, ExecutionContext } from "./context.js";
import type { RunTimeCounts } from "./counts.js";
import { describeLaunch, ExecutionFailure, placeOf } from "./failure.js";
import type { Endpoint } from "./order/task.js";

export interface TransferMessages {
  readonly communicator: string;
  readonly sends: readonly Endpoint[];
  readonly receives: readonly Endpoint[];
}

/** What a launch sends or receives, but for the numbers of rows. */
interface Side {
  readonly order: AtomOrder;
  /** For each step the rank at the other end and where its atoms stand in the order. */
  readonly steps: readonly { readonly peer: number; readonly piece: Piece }[];
}

export class Messages {
  readonly #context: ExecutionContext;
  readonly #counts: RunTimeCounts;
  /** By exchange, phase, name of the operand, layout, communicator instance and rank in it. */
  readonly #sides = new Map<string, Side>();

  constructor(context: ExecutionContext, counts: RunTimeCounts) {
    this.#context = context;
    this.#counts = counts;
  }

  /**
   * The messages of `launch` on `rank`.
   * @throws {ExecutionFailure} `counts_not_read` where a size depends on counts that the host has not read
   */
  of(rank: number, instance: LaunchInstance, launch: TransferLaunch): TransferMessages {
    const context = this.#context;
    const exchange = context.index.exchange(launch.exchange);
    const phase = context.index.phase(launch.exchange, launch.phase);
    const group = context.groupOf(exchange, rank, phase);
    const rowsOf = rowsOfAtoms(context, this.#counts, rank, instance, exchange, phase);
    const endpoints = (name: "send" | "receive") => {
      const operand = operandNamed(launch, name);
      const { order, steps } = this.#sideOf(exchange, phase, name, operand, group);
      // Each count is one word, so counts lie where their entries stand.
      const offsets = phase.carries === "counts" ? undefined : new AtomOffsets(order, rowsOf);
      const base = context.wordOf(rank, operand, instance.layer);
      const rowWords = phase.carries === "counts" ? 1 : rowWordsOf(context, operand);
      return steps.map(({ peer, piece }): Endpoint => {
        const { first, rows } = offsets?.spanOf(piece) ?? { first: piece.first, rows: piece.count };
        return { peer, word: base + first * rowWords, words: rows * rowWords };
      });
    };
    return { communicator: group.name, sends: endpoints("send"), receives: endpoints("receive") };
  }

  #sideOf(
    exchange: Exchange,
    phase: Phase,
    name: "send" | "receive",
    operand: Operand,
    group: CommunicatorRank,
  ): Side {
    const context = this.#context;
    const layout = layoutOf(context, exchange, operand);
    const key = [exchange.name, phase.name, name, layout.name, group.name, group.self].join("/");
    const known = this.#sides.get(key);
    if (known !== undefined) return known;
    const order = new AtomOrder(layout, context.spaceOf(exchange), context.environment, group.self);
    const environment = extend(context.environment, { rank: group.self });
    const steps = phase.steps.map((step) => {
      const other = evaluate(name === "send" ? step.to : step.from, environment);
      const peer = group.ranks[other];
      if (peer === undefined) throw new InternalError(`${group.name} has no rank ${other}`);
      return { peer, piece: order.pieceOf(step[name]) };
    });
    const side = { order, steps };
    this.#sides.set(key, side);
    return side;
  }
}

function rowsOfAtoms(
  context: ExecutionContext,
  counts: RunTimeCounts,
  rank: number,
  instance: LaunchInstance,
  exchange: Exchange,
  phase: Phase,
): (source: number, slot: number) => number {
  if (phase.carries === "counts") return () => 1;
  const { layer, microBatch } = instance;
  const known = counts.get(exchange.name, { rank, layer, microBatch });
  return (source, slot) => {
    const rows = known?.rowsOf(source, slot);
    if (rows !== undefined) return rows;
    throw new ExecutionFailure({
      kind: "counts_not_read",
      ...placeOf(rank, instance),
      message:
        `${describeLaunch(rank, instance)} is issued before the host knows how many rows ` +
        `rank ${source} of ${exchange.group} has for slot ${slot}`,
    });
  };
}

function layoutOf(context: ExecutionContext, exchange: Exchange, operand: Operand): AtomLayout {
  const reference = context.index.buffer(operand.buffer).layout;
  const layout = exchange.layouts.find((each) => each.name === reference?.layout);
  if (layout === undefined || reference?.exchange !== exchange.name)
    throw new InternalError(`buffer ${operand.buffer} has no layout of exchange ${exchange.name}`);
  return layout;
}

/** Words of a row of a buffer; all formats have a word an element here. */
function rowWordsOf(context: ExecutionContext, operand: Operand): number {
  const [, ...extents] = context.index.buffer(operand.buffer).shape;
  return extents.reduce<number>((words, each) => words * evaluate(each, context.environment), 1);
}

/** An operand of a launch by its name. */
export function operandNamed(
  launch: { readonly id: string; readonly operands: readonly Operand[] },
  name: string,
): Operand {
  const operand = launch.operands.find((each) => each.name === name);
  if (operand === undefined) throw new InternalError(`launch ${launch.id} has no operand ${name}`);
  return operand;
}

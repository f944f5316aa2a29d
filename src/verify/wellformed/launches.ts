// Cells and launches refer to nodes, exchanges, phases and buffers that exist, with the operands their kind demands.
import {
  isOnHost,
  slotsOf,
  type Block,
  type Cell,
  type Exchange,
  type Launch,
  type LaunchPlan,
  type Operand,
  type SlotRange,
} from "../../plan/index.js";
import { slotText } from "../chunks.js";
import { complaint, duplicates, type Complaint } from "./complaint.js";

export function* launchesAreDefinite(plan: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "cells",
    plan.cells.map((each) => each.name),
  );
  const exchanges = new Map(plan.exchanges.map((each) => [each.name, each]));
  const buffers = new Set(plan.memory.buffers.map((each) => each.name));
  for (const cell of plan.cells) {
    const block = plan.model.blocks.find((each) => each.name === cell.block);
    if (block === undefined) {
      yield complaint(`cell \`${cell.name}\` evaluates the block \`${cell.block}\`, which does not exist`);
      continue;
    }
    yield* duplicates(
      `launches of cell \`${cell.name}\``,
      cell.launches.map((each) => each.id),
    );
    for (const launch of cell.launches) {
      for (const problem of launchProblems(cell, block, launch, exchanges))
        yield complaint(`launch \`${cell.name}.${launch.id}\` ${problem}`, launch.span);
      for (const { buffer } of launch.operands)
        if (!buffers.has(buffer))
          yield complaint(
            `launch \`${cell.name}.${launch.id}\` uses the buffer \`${buffer}\`, which does not exist`,
            launch.span,
          );
    }
  }
}

function* launchProblems(
  cell: Cell,
  block: Block,
  launch: Launch,
  exchanges: ReadonlyMap<string, Exchange>,
): Iterable<string> {
  if (!block.nodes.some((each) => each.id === launch.node))
    yield `implements the node \`${launch.node}\`, which block \`${block.name}\` does not have`;
  if (launch.micro_batch >= cell.micro_batches)
    yield `is of micro-batch ${launch.micro_batch} of a cell of ${cell.micro_batches}`;
  if (!isOnHost(launch) && new Set(launch.records).size !== launch.records.length)
    yield "records one event twice";
  if (new Set(launch.waits).size !== launch.waits.length) yield "waits for one event twice";
  const slots = slotsOf(launch);
  if (slots !== undefined && launch.exchange === undefined) yield "is of a chunk, but follows no exchange";
  if (launch.exchange === undefined) return;
  const exchange = exchanges.get(launch.exchange);
  if (exchange?.block !== block.name) {
    yield `follows the exchange \`${launch.exchange}\`, which its block does not have`;
    return;
  }
  const isChunk = (each: SlotRange): boolean => each.first === slots?.first && each.count === slots.count;
  if (slots !== undefined && exchange.chunks?.some(isChunk) !== true)
    yield `is of ${slotText(slots)}, which is no chunk of its exchange`;
  switch (launch.kind) {
    case "compute":
      break;
    case "transfer": {
      const phase = exchange.phases.find((each) => each.name === launch.phase);
      if (phase === undefined) yield `runs the phase \`${launch.phase}\`, which its exchange does not have`;
      if (launch.node !== exchange.dispatch && launch.node !== exchange.combine)
        yield `implements \`${launch.node}\`, which is neither dispatch nor combine of its exchange`;
      yield* operandProblems(launch.operands, "send", "read");
      yield* operandProblems(launch.operands, "receive", "write");
      break;
    }
    case "read_counts":
      if (exchange.atom_rows !== undefined)
        yield `reads the counts of \`${exchange.name}\`, whose atoms all have the same rows`;
      if (launch.node !== exchange.dispatch)
        yield `implements \`${launch.node}\`, which is not its exchange's dispatch`;
      yield* operandProblems(launch.operands, "sent", "read");
      yield* operandProblems(launch.operands, "received", "read");
      break;
    case "rounds":
      if (launch.node !== exchange.combine)
        yield `implements \`${launch.node}\`, which is not its exchange's combine`;
      if (launch.waits.length > 0) yield "waits for events; where it acts, it waits for everything";
      break;
    default:
      launch satisfies never;
  }
}

function* operandProblems(
  operands: readonly Operand[],
  name: string,
  access: Operand["access"],
): Iterable<string> {
  const found = operands.filter((each) => each.name === name);
  if (found.length !== 1) yield `has ${found.length} operands named \`${name}\` instead of one`;
  else if (found[0]?.access !== access) yield `does not ${access} its operand \`${name}\``;
}

// The body of a function that launches a kernel: the operator's launcher with the buffers as views.
import { InternalError } from "../../diagnostics/internal-error.js";
import { launcherArgumentsOf, type LauncherArgument } from "../../operators/cuda/calls.js";
import type { OperandSpec, Part } from "../../operators/operator.js";
import { inDims } from "../../operators/access.js";
import { operatorNamed } from "../../operators/registry.js";
import {
  isRunTimeCount,
  namesIn,
  type Block,
  type ComputeLaunch,
  type Exchange,
  type Expr,
  type Node,
} from "../../plan/index.js";
import { atom, binary, call, member, run, type Expression, type Statement } from "./cpp/tree.js";
import { MICRO_BATCH, LAYER, type ProgramNames } from "./context.js";

/** Sorts of tables of counts, by the parts that read them. */
const RELAYING = new Set(["forward", "forward_weighted", "regroup"]);

export function partOf(
  names: ProgramNames,
  block: string,
  launch: ComputeLaunch,
): { node: Node; part: Part } {
  const node = names.index.node(block, launch.node);
  const part = operatorNamed(node.op).parts.find((each) => each.name === launch.part);
  if (part === undefined) throw new InternalError(`operator ${node.op} has no part ${launch.part}`);
  return { node, part };
}

export function computeBody(
  names: ProgramNames,
  block: Block,
  launch: ComputeLaunch,
  inRounds: boolean,
): readonly Statement[] {
  const { node, part } = partOf(names, block.name, launch);
  const rows = rowsOf(names, launch, inRounds);
  const exchange = launch.exchange === undefined ? undefined : names.index.exchange(launch.exchange);
  const operands = launcherOperands(part).flatMap((name) => operandOf(names, launch, part, name, exchange));
  const rest = launcherArgumentsOf(node.op, part.name).map((each) =>
    argumentOf(names, node, each, exchange, rows),
  );
  return [
    run(call(`weft::${part.kernel.name}`, launchOf(rows), ...operands, ...rest)),
    ...checkpointOf(names, block, launch, part, rows),
  ];
}

interface Rows {
  readonly begin: Expression;
  readonly end: Expression;
}

const launchOf = ({ begin, end }: Rows): Expression => call("on", atom("stream"), begin, end);

/** Rows of tokens are those of a round, in rounds; rows that were counted are the round's by its counts. */
function rowsOf(names: ProgramNames, { rows }: ComputeLaunch, inRounds: boolean): Rows {
  const byCounts = [rows.begin, rows.end].some(({ expr }) => namesIn(expr).some(isRunTimeCount));
  const begin = names.cpp(rows.begin.expr);
  const end = names.cpp(rows.end.expr);
  if (!inRounds || byCounts) return { begin, end };
  const whole = rows.begin.expr === 0 && rows.end.expr === "tokens";
  if (whole) return { begin: atom("tokens.begin"), end: atom("tokens.end") };
  return {
    begin: call("std::max<std::int64_t>", begin, atom("tokens.begin")),
    end: call("std::min<std::int64_t>", end, atom("tokens.end")),
  };
}

/** Names of a kernel's operands in the order in which its launcher takes them; what a relay's counts bring along is left out. */
function launcherOperands(part: Part): readonly string[] {
  const { operands } = part.kernel;
  return RELAYING.has(part.name) ? operands.filter((name) => name !== "slot_begin") : operands;
}

function operandOf(
  names: ProgramNames,
  launch: ComputeLaunch,
  part: Part,
  name: string,
  exchange: Exchange | undefined,
): readonly Expression[] {
  const operand = launch.operands.find((each) => each.name === name);
  if (operand === undefined) return [absent(part, name)];
  const view = names.memory.access(operand.buffer, MICRO_BATCH, names.cpp(operand.instance));
  const spec = part.operands.find((each) => each.name === name);
  if (spec === undefined || !holdsCounts(spec, part)) return [view];
  if (exchange === undefined) throw new InternalError(`${launch.id} reads counts of no exchange`);
  const table = names.exchange(exchange);
  if (!RELAYING.has(part.name)) return [call(member(table, "segments"), view)];
  const begins = launch.operands.find((each) => each.name === "slot_begin");
  if (begins === undefined) throw new InternalError(`${launch.id} has no operand slot_begin`);
  const slotBegin = names.memory.access(begins.buffer, MICRO_BATCH, names.cpp(begins.instance));
  return [call(member(table, "relay"), view, slotBegin)];
}

const holdsCounts = ({ role, name }: OperandSpec, part: Part): boolean =>
  role.kind === "segments" ||
  (name === "received" && part.kernel.params.some((each) => each.name === "stride"));

/** An operand of the kernel that this part, or a node that is not lifted, has none of. */
const absent = (part: Part, name: string): Expression =>
  part.operands.some((each) => each.name === name) || name === "segments"
    ? atom("Segments{}")
    : atom("nullptr");

function argumentOf(
  names: ProgramNames,
  node: Node,
  argument: LauncherArgument,
  exchange: Exchange | undefined,
  rows: Rows,
): Expression {
  const sizeOf = (expr: Expr): Expression => names.cpp(inDims(expr, node.dims));
  switch (argument.kind) {
    case "size":
      // All tokens are assigned at once; in rounds those of the round.
      return argument.name === "tokens" ? rows.end : sizeOf(argument.expr);
    case "real":
      return real(node.options[argument.option]);
    case "flag":
      return atom(String(node.options[argument.option] === argument.value));
    case "inverse_root":
      return call("inverse_root", sizeOf(argument.expr));
    case "exchange": {
      if (exchange === undefined) throw new InternalError(`${node.id} follows no exchange`);
      return exchangeArgument(names, node, argument.of, exchange);
    }
    default:
      return argument satisfies never;
  }
}

function exchangeArgument(
  names: ProgramNames,
  node: Node,
  of: Extract<LauncherArgument, { kind: "exchange" }>["of"],
  exchange: Exchange,
): Expression {
  const placement = names.index.placement(exchange.placement);
  const ranks = placement.slot_begin.length - 1;
  switch (of) {
    case "rank":
      return call("static_cast<int>", call(member(names.exchange(exchange), "self")));
    case "slots":
      return atom(placement.slots);
    case "nodes":
      return atom(Math.ceil(ranks / (exchange.ranks_per_node ?? ranks)));
    case "node_ranks":
      return atom(exchange.ranks_per_node ?? ranks);
    case "tags": {
      const topK = names.cpp(inDims("top_k", node.dims));
      return exchange.partial_sums === true ? binary("*", atom(2), topK) : topK;
    }
    case "atom_rows":
      return names.cpp(exchange.atom_rows?.expr ?? 0);
    default:
      return of satisfies never;
  }
}

/** A constant as a float literal that gives the same number. */
function real(value: unknown): Expression {
  if (typeof value !== "number") throw new InternalError("a constant of a kernel is not a number");
  const digits = String(value);
  return atom(/[.e]/.test(digits) ? `${digits}F` : `${digits}.0F`);
}

/** A block's result, a gate's choice and the rows of its pairs are copied aside for whoever validates. */
function checkpointOf(
  names: ProgramNames,
  block: Block,
  launch: ComputeLaunch,
  part: Part,
  { begin, end }: Rows,
): readonly Statement[] {
  const at = names.captured(block).findIndex((each) => each.node === launch.node);
  const spec = part.operands.find(
    ({ role, access }) =>
      access !== "read" &&
      (role.kind === "output"
        ? (role.field ?? "experts") === "experts"
        : role.kind === "exchange" && role.buffer === "pair_row"),
  );
  const operand = launch.operands.find((each) => each.name === spec?.name);
  if (at < 0 || operand === undefined) return [];
  const view = names.memory.access(operand.buffer, MICRO_BATCH, names.cpp(operand.instance));
  const isArray = names.memory.familyOf(operand.buffer).view === "indices";
  const data = isArray ? view : member(view, "data");
  return [
    run(call("p.rank.checkpoint", call("stream.handle"), LAYER, atom(at), MICRO_BATCH, data, begin, end)),
  ];
}

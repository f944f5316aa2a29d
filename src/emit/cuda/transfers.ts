// The bodies of functions that move rows: a group of sends and receives, written as the loop over its steps.
import { InternalError } from "../../diagnostics/internal-error.js";
import type {
  AtomSet,
  Exchange,
  Expr,
  Launch,
  Phase,
  Ranks,
  Step,
  TransferLaunch,
} from "../../plan/index.js";
import { at, atom, braces, call, member, run, text, type Expression, type Statement } from "./cpp/tree.js";
import { LAYER, MICRO_BATCH, type ProgramNames } from "./context.js";
import { STEP_INDEX, runsOfSteps, type StepRun } from "./steps.js";

/** Name of a phase in a table of results, and of its group. */
export const phaseLabel = (exchange: Exchange, phase: Phase): string => `${exchange.name}.${phase.name}`;

export function transferBody(names: ProgramNames, launch: TransferLaunch): readonly Statement[] {
  const { index } = names;
  const exchange = index.exchange(launch.exchange);
  const phase = index.phase(launch.exchange, launch.phase);
  const communicator = names.communicator(phase.group ?? exchange.group);
  const ranks = index.group(phase.group ?? exchange.group).size;
  const runs = runsOfSteps(phase.steps, ranks);
  return [
    { kind: "let", type: "const auto&", name: "exchange", value: names.exchange(exchange) },
    { kind: "let", type: "const std::int64_t", name: "rank", value: call("exchange.self") },
    ...partsOf(names, launch, phase, "send", "outgoing"),
    ...partsOf(names, launch, phase, "receive", "incoming"),
    run(call("Group group", communicator, atom("stream"), text(phaseLabel(exchange, phase)))),
    ...runs.flatMap((each) => stepsOf(names, each)),
    run(call("group.end")),
  ];
}

/** `const Parts outgoing(buffer, bytes of a row, layout, counts);` */
function partsOf(
  names: ProgramNames,
  launch: TransferLaunch,
  phase: Phase,
  operandName: "send" | "receive",
  variable: string,
): readonly Statement[] {
  const operand = operandOf(launch, operandName);
  const layout = names.index.buffer(operand.buffer).layout;
  if (layout === undefined) throw new InternalError(`buffer ${operand.buffer} has no layout`);
  const view = names.memory.access(operand.buffer, MICRO_BATCH, names.cpp(operand.instance));
  const order = member(atom("exchange"), names.layoutName(layout.layout));
  const args =
    phase.carries === "counts"
      ? [view, order]
      : [
          member(view, "data"),
          names.memory.rowBytes(operand.buffer),
          order,
          call("exchange.counts", LAYER, MICRO_BATCH),
        ];
  return [run(call(`const Parts ${variable}`, ...args))];
}

export function operandOf(launch: Launch, name: string) {
  const operand = launch.operands.find((each) => each.name === name);
  if (operand === undefined) throw new InternalError(`launch ${launch.id} has no operand ${name}`);
  return operand;
}

function stepsOf(names: ProgramNames, { count, step }: StepRun): readonly Statement[] {
  return [{ kind: "for", variable: STEP_INDEX, from: atom(0), end: atom(count), body: stepOf(names, step) }];
}

function stepOf(names: ProgramNames, { to, from, send, receive }: Step): readonly Statement[] {
  const cpp = (expr: Expr): Expression => names.cpp(withPeers(expr, to, from));
  return [
    { kind: "let", type: "const std::int64_t", name: "to", value: names.cpp(to) },
    { kind: "let", type: "const std::int64_t", name: "from", value: names.cpp(from) },
    { kind: "let", type: "const Part", name: "sent", value: at(atom("outgoing"), atomsOf(cpp, send)) },
    {
      kind: "let",
      type: "const Part",
      name: "received",
      value: at(atom("incoming"), atomsOf(cpp, receive)),
    },
    run(call("group.send", atom("to"), atom("sent.data"), atom("sent.bytes"))),
    run(call("group.receive", atom("from"), atom("received.data"), atom("received.bytes"))),
  ];
}

/** An expression in which the ranks at the other ends go by their names. */
function withPeers(expr: Expr, to: Expr, from: Expr): Expr {
  const same = (other: Expr): boolean => JSON.stringify(expr) === JSON.stringify(other);
  if (Array.isArray(expr)) {
    if (same(to)) return "to";
    if (same(from)) return "from";
    const [operator, ...operands] = expr;
    return [operator, ...operands.map((each) => withPeers(each, to, from))] as unknown as Expr;
  }
  return expr;
}

/** `AtomSet{{rank}, {8 * (to / 8), 1, 8}}` */
function atomsOf(cpp: (expr: Expr) => Expression, set: AtomSet): Expression {
  const slots =
    set.slot === undefined
      ? set.slots === undefined
        ? []
        : [atom(set.slots.first), atom(set.slots.count)]
      : [cpp(set.slot), atom(1)];
  return braces([ranksOf(cpp, set.source), ranksOf(cpp, set.host), ...slots], "AtomSet");
}

export function ranksOf(cpp: (expr: Expr) => Expression, ranks: Ranks): Expression {
  if (ranks === "all") return call("exchange.all_ranks");
  if (typeof ranks !== "object" || Array.isArray(ranks)) return braces([cpp(ranks)]);
  return braces([cpp(ranks.first), atom(ranks.step), atom(ranks.count)]);
}

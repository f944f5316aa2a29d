// program/launches.cu and program/exchanges.cu: what each launch does, with the line of the schedule file that asked for it.
import type { Cell, Launch } from "../../plan/index.js";
import {
  atom,
  blank,
  call,
  comment,
  member,
  run,
  text,
  type Declaration,
  type Parameter,
  type Statement,
} from "./cpp/tree.js";
import { printFile } from "./cpp/print.js";
import { computeBody } from "./compute.js";
import { LAYER, MICRO_BATCH, type ProgramNames } from "./context.js";
import type { Functions, LaunchFunction } from "./functions.js";
import { readBody, roundsBody } from "./host.js";
import { sourceLine } from "./source.js";
import { transferBody } from "./transfers.js";

/** Parameters of the function of a launch; in its declaration those of rounds have a default. */
export function parametersOf({ launch, inRounds }: LaunchFunction, declared: boolean): readonly Parameter[] {
  const common: Parameter[] = [
    { type: "int", name: "layer" },
    { type: "int", name: "m" },
  ];
  const program: Parameter = { type: "Program&", name: "p" };
  const tokens: Parameter = {
    type: "const Tokens&",
    name: "tokens",
    ...(declared ? { value: atom("kAllTokens") } : {}),
  };
  switch (launch.kind) {
    case "compute":
    case "transfer":
      return [program, { type: "Stream&", name: "stream" }, ...common, ...(inRounds ? [tokens] : [])];
    case "read_counts":
      return [program, ...common, { type: "std::initializer_list<const Event*>", name: "events" }, tokens];
    case "rounds":
      return [program, ...common];
    default:
      return launch satisfies never;
  }
}

/** Functions that launch kernels, or those that move rows and read counts. */
export function launchFile(
  names: ProgramNames,
  functions: Functions,
  kinds: ReadonlySet<Launch["kind"]>,
): readonly Declaration[] {
  const blocks = names.plan.model.blocks.flatMap((block): Declaration[] => {
    const own = functions.all.filter((each) => each.block === block.name && kinds.has(each.launch.kind));
    if (own.length === 0) return [];
    return [
      {
        kind: "namespace",
        name: `weft::plan::${names.namespaceOf(block.name)}`,
        body: own.flatMap((each, index): Declaration[] => [
          ...(index === 0 ? [] : [blank]),
          comment(headOf(names, each)),
          definitionOf(names, functions, each),
        ]),
      },
      blank,
    ];
  });
  return [
    { kind: "include", path: "program/program.h" },
    ...(kinds.has("compute") ? [{ kind: "include", path: "operators/operators.h" } as const] : []),
    blank,
    ...blocks,
  ];
}

/** The line of the schedule file, behind where it stands. */
function headOf({ plan }: ProgramNames, { launch }: LaunchFunction): string {
  const { place, text: written } = sourceLine(plan, launch.span);
  return `${place}  ${written}`;
}

function definitionOf(names: ProgramNames, functions: Functions, each: LaunchFunction): Declaration {
  const body = [atOf(names, each), ...leavesOut(names, each), ...bodyOf(names, functions, each)];
  const printed = printFile([{ kind: "function", result: "void", name: "f", parameters: [], body }]);
  return {
    kind: "function",
    result: "void",
    name: each.name,
    parameters: parametersOf(each, false).map((parameter) => {
      const isUsed = new RegExp(`\\b${parameter.name}\\b`).test(printed);
      return isUsed ? parameter : { ...parameter, name: `/*${parameter.name}*/` };
    }),
    body,
  };
}

function atOf({ plan }: ProgramNames, { block, launch }: LaunchFunction): Statement {
  const { place } = sourceLine(plan, launch.span);
  return run(call("const At at", atom("p.rank"), LAYER, text(`${block}.${launchName(launch)}  ${place}`)));
}

/** The id of a launch without its micro-batch. */
export const launchName = ({ id }: Launch): string => id.replace(/@\d+/, "");

/** What rounds make is left out where it stands. */
function leavesOut(names: ProgramNames, { launch, inRounds }: LaunchFunction): readonly Statement[] {
  if (!inRounds || launch.kind === "read_counts" || launch.exchange === undefined) return [];
  const exchange = names.exchange(names.index.exchange(launch.exchange));
  return [
    {
      kind: "if",
      test: call(member(exchange, "leaves_out"), LAYER, MICRO_BATCH, atom("tokens")),
      body: [{ kind: "return" }],
    },
  ];
}

function bodyOf(names: ProgramNames, functions: Functions, each: LaunchFunction): readonly Statement[] {
  const { launch, inRounds } = each;
  switch (launch.kind) {
    case "compute":
      return computeBody(names, names.index.block(each.block), launch, inRounds);
    case "transfer":
      return transferBody(names, launch);
    case "read_counts":
      return readBody(names, launch);
    case "rounds":
      return roundsBody(names, functions, cellWith(names, launch), launch);
    default:
      return launch satisfies never;
  }
}

const cellWith = ({ plan }: ProgramNames, launch: Launch): Cell =>
  plan.cells.find(({ launches }) => launches.includes(launch))!;

// program/cells.cu: for each cell what the host issues, line by line in the plan's order, with what each waits for and records; and
// program/step.cu: the cells of a step over the layers.
import type { Cell, Launch, LaunchPlan, Role } from "../../plan/index.js";
import {
  atom,
  binary,
  blank,
  braces,
  call,
  comment,
  run,
  type Declaration,
  type Expression,
  type Statement,
} from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";
import type { Functions } from "./functions.js";
import type { Events } from "./program-header.js";
import { sourceLine } from "./source.js";

export function cellsFile(names: ProgramNames, functions: Functions, events: Events): readonly Declaration[] {
  return [
    comment(
      "The order in which the host issues everything. A line `p.STREAM.wait(EVENT)` or `p.STREAM.record(EVENT)` belongs to the launch behind or before it; the last argument of a launch is its micro-batch.",
    ),
    { kind: "include", path: "program/program.h" },
    blank,
    {
      kind: "namespace",
      name: "weft::plan::cells",
      body: names.plan.cells.flatMap((cell, index): Declaration[] => [
        ...(index === 0 ? [] : [blank]),
        comment(headOf(names, cell)),
        {
          kind: "function",
          result: "void",
          name: names.cellName(cell.name),
          parameters: [
            { type: "Program&", name: "p" },
            { type: "int", name: "layer" },
          ],
          body: spaced(
            cell.launches.map((launch) => ({
              isCompute: launch.kind === "compute",
              lines: launchLines(names, functions, events, cell, launch),
            })),
          ),
        },
      ]),
    },
    blank,
  ];
}

/** Kernels stand together; what travels, and what the host waits for, stands apart with its waits and records. */
function spaced(
  groups: readonly { readonly isCompute: boolean; readonly lines: readonly Statement[] }[],
): readonly Statement[] {
  return groups.flatMap(({ isCompute, lines }, index) => {
    const before = groups[index - 1];
    return before === undefined || (before.isCompute && isCompute) ? lines : [blank, ...lines];
  });
}

function headOf({ plan, index }: ProgramNames, cell: Cell): string {
  const entries = plan.roles[0]?.timeline.filter((entry) => entry.cell === cell.name) ?? [];
  const layers = entries.map(({ layer, repeat }) =>
    repeat === 1 ? `layer ${String(layer)}` : `layers ${String(layer)} to ${String(layer + repeat - 1)}`,
  );
  const { place } = sourceLine(plan, index.block(cell.block).span);
  const micro = cell.micro_batches === 1 ? "one micro-batch" : `${String(cell.micro_batches)} micro-batches`;
  return `${cell.name}: ${micro} through block ${cell.block} (${place}), ${layers.join(", ")}.`;
}

function launchLines(
  names: ProgramNames,
  functions: Functions,
  events: Events,
  cell: Cell,
  launch: Launch,
): readonly Statement[] {
  const { name } = functions.of(launch);
  const offset = launch.layer_offset ?? 0;
  const layer =
    offset === 0 ? atom("layer") : binary(offset < 0 ? "-" : "+", atom("layer"), atom(Math.abs(offset)));
  const microBatch = atom(functions.microBatchOf(cell, launch));
  const callee = `${names.namespaceOf(cell.block)}::${name}`;
  const waits = launch.waits.flatMap((event) => events.of(event) ?? []);
  switch (launch.kind) {
    case "compute":
    case "transfer": {
      const stream = names.stream(launch.stream);
      const on = (method: string, event: Expression): Statement =>
        run(call({ kind: "member", of: stream, name: method }, event));
      return [
        ...waits.map((event) => on("wait", event)),
        run(call(callee, atom("p"), stream, layer, microBatch)),
        ...launch.records.flatMap((event) => events.of(event) ?? []).map((event) => on("record", event)),
      ];
    }
    case "read_counts": {
      const pointers = waits.map((event): Expression => ({ kind: "address", of: event }));
      return [run(call(callee, atom("p"), layer, microBatch, braces(pointers)))];
    }
    case "rounds":
      return [run(call(callee, atom("p"), layer, microBatch))];
    default:
      return launch satisfies never;
  }
}

export function stepFile(names: ProgramNames): readonly Declaration[] {
  const { plan } = names;
  return [
    { kind: "include", path: "program/program.h" },
    { kind: "include", path: "runtime/run.h" },
    { kind: "include", path: "runtime/run_rank.h" },
    blank,
    {
      kind: "namespace",
      name: "weft",
      body: [
        comment(
          `One step: ${plan.schedule.mode} of ${plan.model.name}, ${String(plan.schedule.micro_batches)} micro-batches through all layers.`,
        ),
        {
          kind: "function",
          result: "void",
          name: "plan::Program::step",
          parameters: [],
          body: stepBody(names, plan),
        },
        blank,
        {
          kind: "function",
          result: "int",
          name: "run_rank",
          parameters: [
            { type: "int", name: "rank" },
            { type: "int", name: "world" },
            { type: "const ncclUniqueId&", name: "id" },
            { type: "const Options&", name: "options" },
            { type: "Peers&", name: "peers" },
          ],
          body: [
            {
              kind: "return",
              value: call(
                "run<plan::Program>",
                ...["kPlanFacts", "rank", "world", "id", "options", "peers"].map(atom),
              ),
            },
          ],
        },
      ],
    },
    blank,
  ];
}

/** The timeline of each role; where there are several, a rank takes its own. */
function stepBody(names: ProgramNames, { roles }: LaunchPlan): readonly Statement[] {
  const program: Statement = { kind: "let", type: "Program&", name: "p", value: atom("*this") };
  const [only] = roles;
  if (roles.length === 1 && only !== undefined) return [program, ...timelineOf(names, only)];
  return [
    program,
    ...roles.map((role, index): Statement => ({
      kind: "if",
      test: binary("==", call("plan::role_of", call("rank.rank")), atom(index)),
      body: timelineOf(names, role),
    })),
  ];
}

function timelineOf(names: ProgramNames, { timeline }: Role): readonly Statement[] {
  return timeline.map(({ cell, layer, repeat }): Statement => {
    const callee = `plan::cells::${names.cellName(cell)}`;
    if (repeat === 1) return run(call(callee, atom("p"), atom(layer)));
    return {
      kind: "for",
      variable: "layer",
      from: atom(layer),
      end: atom(layer + repeat),
      body: [run(call(callee, atom("p"), atom("layer")))],
    };
  });
}

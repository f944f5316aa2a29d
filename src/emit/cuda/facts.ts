// program/facts.cpp: what the runtime must know of the plan as a whole, as constant tables.
import { InternalError } from "../../diagnostics/internal-error.js";
import { operatorNamed } from "../../operators/registry.js";
import { inDims } from "../../operators/access.js";
import type { Buffer, Expr, Init, LaunchPlan, TableInit } from "../../plan/index.js";
import { atom, blank, braces, call, text, type Declaration, type Expression } from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";
import { regionKey, typeOfClass } from "./plan-header.js";
import { phaseLabel } from "./transfers.js";

type InitOf<Kind extends Init["kind"]> = Extract<Init, { kind: Kind }>;

const tables: Readonly<Record<TableInit["table"], string>> = {
  replica_begin: "Table::kReplicaBegin",
  replica_slot: "Table::kReplicaSlot",
  slot_begin: "Table::kSlotBegin",
  atom_rows: "Table::kAtomRows",
};

const weightKinds = { matrix: "WeightKind::kMatrix", gain: "WeightKind::kGain", bias: "WeightKind::kBias" };

export function factsFile(names: ProgramNames, planSha256: string): readonly Declaration[] {
  const { plan } = names;
  const list = (type: string, name: string, items: readonly Expression[]): Declaration[] =>
    items.length === 0
      ? []
      : [
          {
            kind: "variable",
            type: `constexpr ${type}`,
            name: `${name}[]`,
            value: braces(items, undefined, true),
          },
        ];
  const filled = fills(names);
  const lists = {
    kBlocks: plan.model.blocks.map((block) =>
      braces([
        text(block.name),
        names.captured(block).length === 0 ? braces([]) : atom(valuesName(names, block.name)),
        atom(`plan::model::${names.namespaceOf(block.name)}`),
      ]),
    ),
    kLayers: plan.model.layers.map(({ block, first, repeat }) =>
      braces([atom(blockIndex(plan, block)), atom(first), atom(repeat)]),
    ),
    kWeights: filled.weights,
    kTables: filled.tables,
    kStates: filled.states,
    kInputs: filled.inputs,
    kPhases: plan.exchanges.flatMap((exchange) =>
      exchange.phases.map((phase) =>
        braces([text(phaseLabel(exchange, phase)), atom(blockIndex(plan, exchange.block))]),
      ),
    ),
  };
  const types = {
    kBlocks: "BlockFacts",
    kLayers: "LayerRun",
    kWeights: "WeightFill",
    kTables: "TableFill",
    kStates: "StateFill",
    kInputs: "InputFill",
    kPhases: "PhaseFacts",
  };
  const keys = Object.keys(lists) as (keyof typeof lists)[];
  return [
    { kind: "include", path: "program/model.h" },
    { kind: "include", path: "program/plan.h" },
    { kind: "include", path: "program/tables.h" },
    { kind: "include", path: "runtime/format.h" },
    { kind: "include", path: "runtime/run_rank.h" },
    blank,
    {
      kind: "namespace",
      name: "weft",
      body: [
        {
          kind: "namespace",
          name: "plan",
          body: [
            ...plan.model.blocks.flatMap((block) =>
              list(
                "CapturedValue",
                valuesName(names, block.name),
                names.captured(block).map(({ node, kind, type }) => {
                  const element =
                    kind === "kResult" ? typeOfClass(resultClass(names, block.name, node)) : "Index";
                  const width = names.size(type.shape[1] ?? 1);
                  return braces([
                    text(node),
                    atom(`Captured::${kind}`),
                    call(`format_of<${element}>`),
                    width,
                    call(`row_bytes<${element}>`, width),
                  ]);
                }),
              ),
            ),
            ...keys.flatMap((key) => list(types[key], key, lists[key])),
          ],
        },
        blank,
        {
          kind: "variable",
          type: "const PlanFacts",
          name: "kPlanFacts",
          value: braces(
            [
              text(`${plan.schedule.name} of ${plan.model.name}`),
              text(plan.generator),
              text(planSha256),
              atom("plan::kWorld"),
              atom("plan::kMicroBatches"),
              ...["sequences", "length", "context"].map((each) => atom(`plan::${names.constants.of(each)}`)),
              atom("plan::kMemoryBytes"),
              atom(String(!readsCounts(plan))),
              atom("plan::kMiniature"),
              ...keys.map((key) => (lists[key].length === 0 ? braces([]) : atom(`plan::${key}`))),
            ],
            undefined,
            true,
          ),
        },
      ],
    },
    blank,
  ];
}

const valuesName = (names: ProgramNames, block: string): string =>
  names.constants.of(`values ${block}`, `values of ${block}`);

const blockIndex = ({ model }: LaunchPlan, block: string): number =>
  model.blocks.findIndex(({ name }) => name === block);

/** Whether the host waits for counts within a step, so that no graph can hold it. */
export const readsCounts = ({ cells }: LaunchPlan): boolean =>
  cells.some(({ launches }) => launches.some(({ kind }) => kind === "read_counts" || kind === "rounds"));

/** The class of data that a block's result is: that of the buffer which its last launch writes. */
function resultClass({ plan, index }: ProgramNames, block: string, node: string) {
  for (const cell of plan.cells)
    for (const launch of cell.launches) {
      if (cell.block !== block || launch.kind !== "compute" || launch.node !== node) continue;
      const part = operatorNamed(index.node(block, node).op).parts.find(({ name }) => name === launch.part);
      const spec = part?.operands.find(({ role, access }) => role.kind === "output" && access !== "read");
      const operand = launch.operands.find(({ name }) => name === spec?.name);
      if (operand !== undefined) return index.buffer(operand.buffer).precision;
    }
  throw new InternalError(`nothing writes the result of block ${block}`);
}

function fills(names: ProgramNames) {
  const of = <Kind extends Init["kind"]>(
    kind: Kind,
    make: (buffer: Buffer, init: InitOf<Kind>) => readonly Expression[],
  ): readonly Expression[] =>
    names.plan.memory.buffers.flatMap((buffer) =>
      buffer.init?.kind === kind ? [braces(make(buffer, buffer.init as InitOf<Kind>))] : [],
    );
  const offset = ({ region }: Buffer): Expression => atom(names.constants.of(regionKey(region)));
  const cpp = (expr: Expr): Expression => names.size(expr);
  return {
    weights: of("weight", (buffer, init) => weightFill(names, buffer, init, offset(buffer))),
    tables: of("table", (buffer, { table, placement }) => {
      const exchange = names.plan.exchanges.find((each) => each.placement === placement);
      return [
        atom(tables[table]),
        atom(`&${names.placementName(placement)}`),
        cpp(table === "atom_rows" ? (exchange?.atom_rows?.expr ?? 0) : 0),
        offset(buffer),
        cpp(buffer.instance_bytes.expr),
        cpp(buffer.instances.expr),
      ];
    }),
    states: of("state", (buffer, { block, node, state, micro_batch }) => [
      atom(blockIndex(names.plan, block)),
      text(node),
      text(state),
      atom(micro_batch),
      call(`format_of<${typeOfClass(buffer.precision)}>`),
      cpp(buffer.shape.at(-1) ?? 1),
      offset(buffer),
      cpp(buffer.instance_bytes.expr),
    ]),
    inputs: of("input", (buffer, { micro_batch }) => [
      atom(micro_batch),
      cpp(vocabularyOf(names)),
      offset(buffer),
    ]),
  };
}

function weightFill(
  names: ProgramNames,
  buffer: Buffer,
  init: InitOf<"weight">,
  offset: Expression,
): readonly Expression[] {
  const node = names.index.node(init.block, init.node);
  const spec = operatorNamed(node.op)
    .weights(node.dims)
    .find(({ name }) => name === init.weight);
  if (spec === undefined) throw new InternalError(`${node.op} has no weight ${init.weight}`);
  const placement = init.placement === undefined ? undefined : names.index.placement(init.placement);
  const gate = placement === undefined ? undefined : names.index.node(placement.block, placement.gate);
  const shape = init.per_slot ? buffer.shape.slice(1) : buffer.shape;
  const [rows, columns] = shape.length === 1 ? [1, shape[0] ?? 1] : [shape[0] ?? 1, shape[1] ?? 1];
  const cpp = (expr: Expr): Expression => names.size(expr);
  return [
    atom(blockIndex(names.plan, init.block)),
    text(init.node),
    text(init.weight),
    atom(weightKinds[spec.init]),
    atom(String(spec.residual)),
    cpp(spec.fanIn),
    gate === undefined ? atom(1) : cpp(inDims("top_k", gate.dims)),
    placement === undefined ? atom("nullptr") : atom(`&${names.placementName(placement.name)}`),
    call(`format_of<${typeOfClass(buffer.precision)}>`),
    cpp(rows),
    cpp(columns),
    offset,
    cpp(buffer.instance_bytes.expr),
  ];
}

/** How many token ids the model's first block knows. */
function vocabularyOf({ plan, index }: ProgramNames): Expr {
  const block = index.block(plan.model.layers[0].block);
  const node = block.nodes.find(
    ({ inputs, dims }) => inputs.includes(block.input.name) && dims["vocab"] !== undefined,
  );
  const vocabulary = node?.dims["vocab"];
  if (vocabulary === undefined) throw new InternalError(`no node of block ${block.name} takes token ids`);
  return vocabulary;
}

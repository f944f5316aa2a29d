// program/model.cpp: the model as the user wrote it, a function for each block, in double precision. It knows no ranks, placement or
// exchange, and validation holds what was executed against it.
import { InternalError } from "../../diagnostics/internal-error.js";
import { inDims } from "../../operators/access.js";
import type { Block, Expr, Node } from "../../plan/index.js";
import { Scope, snake } from "./cpp/names.js";
import {
  at,
  atom,
  blank,
  braces,
  call,
  comment,
  text,
  type Declaration,
  type Expression,
  type Statement,
} from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";
import { sourceLine } from "./source.js";

const parameters = [{ type: "const reference::Layer&", name: "layer" }];

export function modelHeader(names: ProgramNames): readonly Declaration[] {
  return [
    { kind: "once" },
    blank,
    { kind: "include", path: "runtime/reference.h" },
    { kind: "include", path: "runtime/reference_layer.h" },
    blank,
    {
      kind: "namespace",
      name: "weft::plan::model",
      body: names.plan.model.blocks.map(({ name }): Declaration => ({
        kind: "function",
        result: "reference::Rows",
        name: names.namespaceOf(name),
        parameters,
      })),
    },
    blank,
  ];
}

export function modelFile(names: ProgramNames): readonly Declaration[] {
  return [
    comment("The model by its definition, which validation holds the executed program against."),
    { kind: "include", path: "program/model.h" },
    blank,
    { kind: "include", path: "program/plan.h" },
    blank,
    {
      kind: "namespace",
      name: "weft::plan::model",
      body: [
        ...names.plan.model.blocks.flatMap((block, index): Declaration[] => [
          ...(index === 0 ? [] : [blank]),
          {
            kind: "function",
            result: "reference::Rows",
            name: names.namespaceOf(block.name),
            parameters,
            body: bodyOf(names, block),
          },
        ]),
      ],
    },
    blank,
  ];
}

function bodyOf(names: ProgramNames, block: Block): readonly Statement[] {
  const scope = new Scope(snake);
  for (const own of ["layer", "names", "expert", "own"]) scope.of(`own ${own}`, own);
  const isIds = block.input.type.kind === "ids";
  const input = call(isIds ? "layer.ids" : "layer.input");
  const valueOf = (id: string): Expression => atom(scope.of(id));
  const uses = block.nodes.some((node) => node.inputs.includes(block.input.name));
  let previous = "";
  const statements = block.nodes.flatMap((node): Statement[] => {
    const { place, text: written } = sourceLine(names.plan, node.span);
    const head = `${place}  ${written}`;
    const said: Statement[] = head === previous ? [] : [comment(head)];
    previous = head;
    const isGate = node.output.kind === "gate";
    const value = isLifted(node) ? lifted(names, node, valueOf) : apply(names, block, node, valueOf);
    return [
      ...said,
      {
        kind: "let",
        type: isGate ? "const reference::Gate" : "const reference::Rows",
        name: scope.of(node.id),
        value,
      },
    ];
  });
  return [
    ...(uses
      ? [
          {
            kind: "let",
            type: isIds ? "const std::vector<Index>&" : "const reference::Rows&",
            name: scope.of(block.input.name),
            value: input,
          } as const,
        ]
      : []),
    ...statements,
    { kind: "return", value: valueOf(block.result) },
  ];
}

const isLifted = ({ op, output }: Node): boolean => output.kind === "routed" && op !== "dispatch";

/** An operator on the rows of each expert, with that expert's weights. */
function lifted(names: ProgramNames, node: Node, valueOf: (id: string) => Expression): Expression {
  const { gate } = node.output;
  if (gate === undefined) throw new InternalError(`rows of ${node.id} have no gate`);
  const own = node.inputs.map((_, port) => at(atom("own"), atom(port)));
  const self = call("layer.of_expert", text(node.id), atom("expert"));
  return call(
    "reference::per_expert",
    valueOf(gate),
    braces(node.inputs.map((id): Expression => ({ kind: "address", of: valueOf(id) }))),
    {
      kind: "lambda",
      head: `[&](${usesWeights(node) ? "int expert" : "int"}, const std::vector<reference::Rows>& own)`,
      value: operatorCall(names, node, self, own),
    },
  );
}

const usesWeights = ({ op }: Node): boolean => op !== "add";

function apply(
  names: ProgramNames,
  block: Block,
  node: Node,
  valueOf: (id: string) => Expression,
): Expression {
  const inputs = node.inputs.map(valueOf);
  if (node.op !== "combine") return operatorCall(names, node, at(atom("layer"), text(node.id)), inputs);
  const exchange = names.plan.exchanges.find((each) => each.block === block.name && each.combine === node.id);
  return call("reference::combine", at(atom("layer"), text(exchange?.dispatch ?? node.id)), ...inputs);
}

/** The reference of an operator: its node for weights and state, its inputs, its extents and constants. */
function operatorCall(
  names: ProgramNames,
  node: Node,
  self: Expression,
  inputs: readonly Expression[],
): Expression {
  const size = (expr: Expr): Expression => names.size(inDims(expr, node.dims));
  const real = (option: string): Expression => {
    const digits = String(node.options[option]);
    return atom(/[.e]/.test(digits) ? digits : `${digits}.0`);
  };
  switch (node.op) {
    case "add":
    case "dispatch":
      return call(`reference::${node.op}`, ...inputs);
    case "embedding":
    case "linear":
    case "swiglu":
      return call(`reference::${node.op}`, self, ...inputs);
    case "norm":
      return call("reference::norm", self, ...inputs, real("epsilon"));
    case "gqa":
      return call(
        "gqa",
        self,
        ...inputs,
        braces([...["heads", "kv_heads", "head_dim"].map(size), real("theta")]),
      );
    case "mla":
      return call(
        "reference::mla",
        self,
        ...inputs,
        braces([
          ...["heads", "q_rank", "kv_rank", "nope", "rope", "value"].map(size),
          real("theta"),
          real("epsilon"),
        ]),
      );
    case "route":
      return call(
        "reference::route",
        self,
        ...inputs,
        braces([
          ...["experts", "top_k", "groups", "top_groups"].map(size),
          atom(String(node.options["score"] === "softmax")),
          atom(String(node.options["normalize"] === true)),
          real("scale"),
        ]),
      );
    default:
      throw new InternalError(`operator ${node.op} has no reference in C++`);
  }
}

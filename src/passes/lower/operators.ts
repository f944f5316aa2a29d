// The operators of a model as the plan lists them: what their kernels read and write, so that a plan can be held against them
// without knowing any operator.
import type { Operator, OperandRole, OperandSpec } from "../../operators/operator.js";
import { operatorNamed } from "../../operators/registry.js";
import type * as Plan from "../../plan/types.gen.js";

/** Those of the model's nodes, each once, by name. */
export function listedOperators({ blocks }: Plan.Model): Plan.Operator[] {
  const names = new Set(blocks.flatMap(({ nodes }) => nodes.map(({ op }) => op)));
  return [...names].sort().map((name) => listed(operatorNamed(name)));
}

const listed = ({ name, parts }: Operator): Plan.Operator => ({
  name,
  parts: parts.map((part) => ({ name: part.name, operands: part.operands.map(listedOperand) })),
});

const listedOperand = ({ name, access, role, liftedOnly }: OperandSpec): Plan.PartOperand => ({
  name,
  access,
  role: listedRole(role),
  ...(liftedOnly === true ? { lifted_only: true } : {}),
});

function listedRole(role: OperandRole): Plan.OperandRole {
  switch (role.kind) {
    case "input":
    case "output":
      return { ...role };
    case "weight":
      return { kind: role.kind, name: role.weight };
    case "state":
      return { kind: role.kind, name: role.state };
    case "temporary":
      return { kind: role.kind, name: role.temporary };
    case "exchange":
      return { kind: role.kind, name: role.buffer };
    case "segments":
      return { kind: role.kind };
    default:
      return role satisfies never;
  }
}

// Every node has an operator that the plan lists, and roles of operands say which input, weight or buffer they mean.
import type { LaunchPlan, OperandRole } from "../../plan/index.js";
import { complaint, duplicates, type Complaint } from "./complaint.js";

export function* operatorsAreDefinite({ model, operators }: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "operators",
    operators.map((each) => each.name),
  );
  const listed = new Set(operators.map((each) => each.name));
  for (const { nodes } of model.blocks)
    for (const { id, op, span } of nodes)
      if (!listed.has(op))
        yield complaint(`node \`${id}\` is of the operator \`${op}\`, which the plan does not list`, span);
  for (const { name, parts } of operators) {
    const what = `operator \`${name}\``;
    yield* duplicates(
      `parts of ${what}`,
      parts.map((each) => each.name),
    );
    for (const part of parts) {
      yield* duplicates(
        `operands of part \`${part.name}\` of ${what}`,
        part.operands.map((each) => each.name),
      );
      for (const operand of part.operands)
        if (!isComplete(operand.role))
          yield complaint(
            `operand \`${operand.name}\` of part \`${part.name}\` of ${what} does not say which ${operand.role.kind} it is`,
          );
    }
  }
}

function isComplete({ kind, port, field, name }: OperandRole): boolean {
  switch (kind) {
    case "input":
      return port !== undefined && name === undefined;
    case "output":
      return port === undefined && name === undefined;
    case "weight":
    case "state":
    case "temporary":
    case "exchange":
      return name !== undefined && port === undefined && field === undefined;
    case "segments":
      return name === undefined && port === undefined && field === undefined;
    default:
      return kind satisfies never;
  }
}

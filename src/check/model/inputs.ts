// Inputs of an operator against its ports, and lifting: an operator that treats each token alone may be given
// dispatched rows instead, and then runs at every expert with weights of its own.
import type { Operator } from "../../operators/operator.js";
import type { Environment } from "../../plan/expression.js";
import type { TensorType } from "../../plan/types.gen.js";
import type { Span } from "../../diagnostics/span.js";
import type { Context } from "../context.js";
import { describeKinds, describeType, hasRows, widthValue, written, type Tensor } from "./tensor.js";

/** A tensor whose type is known. */
export type Typed = Tensor & { readonly type: TensorType };

export interface Inputs {
  readonly tensors: readonly Typed[];
  /** The gate whose rows the operator is applied to, where it is lifted. */
  readonly liftedOver?: string;
}

/** Fits tensors to ports; undefined after reporting what does not fit. The number of inputs is already right. */
export function fitInputs(
  operator: Operator,
  tensors: readonly Typed[],
  callSpan: Span,
  environment: Environment,
  context: Context,
): Inputs | undefined {
  const { diagnostics } = context;
  let fits = true;
  const lifted: Typed[] = [];
  for (const [index, { name, accepts }] of operator.ports.entries()) {
    const tensor = tensors[index];
    if (!tensor) continue;
    const { kind } = tensor.type;
    if (kind === "routed" && accepts.includes("tokens")) {
      lifted.push(tensor);
    } else if (!accepts.includes(kind)) {
      fits = false;
      diagnostics.report("wrong-input-kind", tensor.span, {
        operator: written(operator),
        port: name,
        expected: describeKinds(accepts),
        found: describeType(tensor.type, environment),
        advice: adviceFor(kind, accepts),
      });
    }
  }
  if (!fits) return undefined;
  const gate = lifted[0]?.type.gate;
  if (gate !== undefined && !canLift(operator, tensors, lifted, callSpan, context)) return undefined;
  if (!sameWidths(operator, tensors, environment, context)) return undefined;
  return { tensors, ...(gate === undefined ? {} : { liftedOver: gate }) };
}

function adviceFor(found: TensorType["kind"], accepts: readonly TensorType["kind"][]): string {
  if (found === "ids")
    return "Turn token ids into tokens first, with embedding(ids, vocab: ...). The first layer takes token ids.";
  if (accepts.includes("gate")) return "A gate comes from route(x, experts: ..., top_k: ...).";
  if (accepts.includes("ids")) return "Token ids are what the first layer takes; they exist nowhere else.";
  if (found === "gate") return "A gate says where tokens go; only dispatch and combine take it.";
  return "Dispatched rows come from dispatch(x, gate), and what token-wise operators make of them.";
}

function canLift(
  operator: Operator,
  tensors: readonly Typed[],
  lifted: readonly Typed[],
  callSpan: Span,
  context: Context,
): boolean {
  const { diagnostics } = context;
  if (!operator.tokenWise || operator.ports.some((port) => port.accepts.includes("gate"))) {
    diagnostics.report("not-token-wise", callSpan, { operator: written(operator), reason: whyNot(operator) });
    return false;
  }
  const gate = lifted[0]?.type.gate;
  const stranger = tensors.find(
    ({ type }) => hasRows(type) && (type.kind !== "routed" || type.gate !== gate),
  );
  if (!stranger) return true;
  const params =
    stranger.type.kind === "routed"
      ? {
          other: `rows that the gate "${stranger.type.gate ?? ""}" dispatched`,
          advice: "Each gate sends its rows to experts of its own, in another order. Combine both first.",
        }
      : {
          other: "tokens that stayed in place",
          advice: `Dispatched rows lie with their experts, sorted by expert and several for each token. Bring them back with combine(..., ${gate ?? "gate"}) first.`,
        };
  diagnostics.report("mixed-routed", stranger.span, { operator: written(operator), ...params });
  return false;
}

function whyNot(operator: Operator): string {
  if (operator.ports.some((port) => port.accepts.includes("gate")))
    return "they are with their experts already";
  if (operator.tokenWise) return "an expert cannot decide the routing";
  return "it looks at the other tokens of a sequence, and those are spread over the experts";
}

function sameWidths(
  operator: Operator,
  tensors: readonly Typed[],
  environment: Environment,
  context: Context,
): boolean {
  return operator.ports.every(({ sameTypeAs }, index) => {
    const [first, other] = [sameTypeAs === undefined ? undefined : tensors[sameTypeAs], tensors[index]];
    if (!first || !other) return true;
    const left = widthValue(first.type, environment) ?? 0;
    const right = widthValue(other.type, environment) ?? 0;
    if (left === right) return true;
    const related = [{ span: first.span, message: `this has width ${left}` }];
    context.diagnostics.report(
      "shape-mismatch",
      other.span,
      { operator: written(operator), left, right },
      related,
    );
    return false;
  });
}

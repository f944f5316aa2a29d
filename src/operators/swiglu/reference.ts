// swiglu by its definition: (silu(x w_gate) * (x w_up)) w_down, silu(a) = a / (1 + exp(-a)).
import { inputOf, rows, times } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const x = inputOf(call, 0, "rows");
  const gate = times(x, call.weight("w_gate"));
  const up = times(x, call.weight("w_up"));
  const inner = gate.data.map((each, i) => (each / (1 + Math.exp(-each))) * up.data[i]!);
  return { value: times(rows(gate.width, inner), call.weight("w_down")) };
}

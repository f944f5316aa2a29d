// embedding by its definition: row `id` of the table for each id.
import { valueOf } from "../access.js";
import { inputOf, rows } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const width = valueOf("width", call.dims);
  const table = call.weight("table");
  const ids = inputOf(call, 0, "ids").data;
  const out = new Float64Array(ids.length * width);
  ids.forEach((id, token) => {
    out.set(table.subarray(id * width, (id + 1) * width), token * width);
  });
  return { value: rows(width, out) };
}

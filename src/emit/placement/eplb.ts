// What `eplb.rebalance_experts` of DeepSeek's EPLB (eplb.py) returns, as JSON under the names of its documentation. Systems that call
// it can take this in place of the call.
import {
  isRefusal,
  physicalExperts,
  printRows,
  replicaCounts,
  replicasOf,
  unevenNotes,
  type EmittedPlacement,
  type PlacementRefusal,
  type PlacementTables,
} from "./tables.js";

export function emitEplb(tables: PlacementTables): EmittedPlacement | PlacementRefusal {
  const physical = physicalExperts(tables, "EPLB");
  if (isRefusal(physical)) return physical;
  const counts = replicaCounts(physical, tables.experts);
  const most = counts.flat().reduce((all, each) => Math.max(all, each), 0);
  const fields = [
    ["physical_to_logical_map", physical],
    ["logical_to_physical_map", replicasOf(physical, tables.experts, most)],
    ["expert_count", counts],
  ] as const;
  return {
    text: `{\n${fields.map(([name, rows]) => `  "${name}": ${printRows(rows)}`).join(",\n")}\n}\n`,
    loading:
      "It holds the three tensors that eplb.rebalance_experts returns: maps = json.load(open(FILE)), and torch.tensor(maps[NAME]) for each.",
    notes: unevenNotes(tables, "EPLB"),
  };
}

// What SGLang's `--init-expert-location` loads (python/sglang/srt/eplb/expert_location.py): the map from physical to logical experts,
// and no other key, since it hands all of them on as arguments.
import {
  isRefusal,
  physicalExperts,
  printRows,
  unevenNotes,
  type EmittedPlacement,
  type PlacementRefusal,
  type PlacementTables,
} from "./tables.js";

export function emitSglang(tables: PlacementTables): EmittedPlacement | PlacementRefusal {
  const physical = physicalExperts(tables, "SGLang");
  if (isRefusal(physical)) return physical;
  const redundant = (physical[0]?.length ?? 0) - tables.experts;
  return {
    text: `{\n  "physical_to_logical_map": ${printRows(physical)}\n}\n`,
    loading: `Start SGLang with --init-expert-location FILE.json --ep-num-redundant-experts ${String(redundant)} --ep-size ${String(tables.gpus)}. It wants a row for every layer of the model, dense ones too, as its own dumps of loads have.`,
    notes: unevenNotes(tables, "SGLang"),
  };
}

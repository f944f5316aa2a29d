// What vLLM can start from: the line of vllm-project/vllm#41141 that its `initial_mapping_path` loads, which holds besides, under their
// own names, the maps of EplbState (vllm/distributed/eplb/eplb_state.py), for versions that have no such path.
import {
  isRefusal,
  physicalExperts,
  replicaCounts,
  replicasOf,
  unevenNotes,
  type EmittedPlacement,
  type PlacementRefusal,
  type PlacementTables,
} from "./tables.js";

export function emitVllm(tables: PlacementTables): EmittedPlacement | PlacementRefusal {
  const physical = physicalExperts(tables, "vLLM");
  if (isRefusal(physical)) return physical;
  const slots = physical[0]?.length ?? 0;
  const redundant = slots - tables.experts;
  const record = {
    record_type: "eplb_initial_mapping",
    version: 1,
    num_redundant_experts: redundant,
    num_slots: slots,
    initial_global_assignments: Object.fromEntries(physical.map((row, layer) => [String(layer), row])),
    physical_to_logical_map: physical,
    logical_to_physical_map: replicasOf(physical, tables.experts, redundant + 1),
    logical_replica_count: replicaCounts(physical, tables.experts),
  };
  return {
    text: `${JSON.stringify(record)}\n`,
    loading: `With pull request 41141, start vLLM with --enable-expert-parallel --enable-eplb --eplb-config '{"num_redundant_experts": ${String(redundant)}, "initial_mapping_path": "FILE"}'. Versions without it start from no file; the maps are those of its EplbState.`,
    notes: unevenNotes(tables, "vLLM"),
  };
}

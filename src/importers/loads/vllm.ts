// What vLLM knows of expert loads, as JSON. Its EplbState (vllm/distributed/eplb/eplb_state.py) holds loads of slots:
//   {"expert_load_window": [step][layer][slot], "physical_to_logical_map": [layer][slot]}
// "global_expert_load_window" and "expert_load_pass" [layer][slot] are read like it, and "global_expert_load" [layer][expert],
// which needs no map. Loads as vllm-project/vllm#41141 writes them (`expert_load_stats_path`) are JSONL, a step a line:
//   {"record_type": "eplb_load_stats", "version": 1, "step": 7, "num_ranks": 8, "expert_load": [layer][slot], "p2l_map": [layer][slot]}
// Lines with another "record_type" are left out.
import { Unreadable, within } from "./fault.js";
import type { ReadLoads } from "./loads.js";
import { matrixAt, wholeAt, windowsAt } from "./numbers.js";
import { keysOf, type JsonRecord } from "./record.js";
import { loadsOfSlots, slotMapAt, type SlotMap } from "./slots.js";
import { Tally } from "./tally.js";

const WINDOWS = [
  "expert_load_window",
  "global_expert_load_window",
  "global_expert_load",
  "expert_load_pass",
] as const;

const HINT =
  "Write expert_load_window[step][layer][slot] and physical_to_logical_map[layer][slot] of vLLM's EplbState.";

export const isVllmState = (data: JsonRecord): boolean => WINDOWS.some((key) => key in data);

/** Whether a line is of vLLM's statistics, whatever its type. */
export const isVllmRecord = (data: JsonRecord): boolean => {
  const { record_type: type } = data;
  return typeof type === "string" || ("expert_load" in data && "p2l_map" in data);
};

export function readVllmState(data: JsonRecord): ReadLoads {
  const key = WINDOWS.find((each) => each in data)!;
  const value = data[key];
  const stated = data["physical_to_logical_map"];
  const map = stated === undefined ? undefined : slotMapAt(stated, "physical_to_logical_map");
  if (map === undefined && key !== "global_expert_load")
    throw new Unreadable(
      key,
      "there is no physical_to_logical_map beside it, so nobody can tell which slots are replicas of one expert",
      HINT,
    );
  const each = map === undefined ? "expert" : "slot";
  const isSteps = Array.isArray(value) && Array.isArray(value[0]) && Array.isArray(value[0][0]);
  const steps = isSteps ? windowsAt(value, "step", HINT, each) : [matrixAt(value, key, HINT, each)];
  const tally = new Tally();
  steps.forEach((rows, step) => {
    addStep(rows, step, isSteps ? `step ${String(step)}` : key, map, tally);
  });
  return tally.finish("vllm", map?.experts);
}

/** Adds a line of statistics to the tally; other lines tell no loads. */
export function readVllmRecord(record: JsonRecord, place: string, tally: Tally): void {
  const type = record["record_type"];
  if (type !== undefined && type !== "eplb_load_stats") return;
  const step = wholeAt(record["step"] ?? 0, within(place, "step"), 0, Number.MAX_SAFE_INTEGER, HINT);
  if (record["expert_load"] === undefined)
    throw new Unreadable(place, `it has no expert_load${keysOf(record)}`, HINT);
  const rows = matrixAt(record["expert_load"], place, HINT, "slot");
  addStep(rows, step, place, slotMapAt(record["p2l_map"], within(place, "p2l_map")), tally);
}

function addStep(
  rows: readonly (readonly number[])[],
  step: number,
  place: string,
  map: SlotMap | undefined,
  tally: Tally,
): void {
  rows.forEach((row, layer) => {
    const where = within(place, `layer ${String(layer)}`);
    // Loads of experts may come with a map of slots all the same.
    const isLogical =
      map === undefined || (row.length === map.experts && row.length !== map.expertOfSlot[0]!.length);
    tally.addLoads(step, { layer }, isLogical ? row : loadsOfSlots(row, map, layer, where));
  });
}

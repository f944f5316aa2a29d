// What SGLang's expert distribution recorder dumps (python/sglang/srt/eplb/expert_distribution.py), as JSON. The recorder itself
// calls torch.save; `conversion.ts` has the line that turns its file into JSON. In its modes "stat" and "stat_approx":
//   {"rank": 0, "logical_count": [step][layer][expert], "average_utilization_rate_over_window": 0.7}
// and in "per_pass" and "per_token", where counts and choices are of slots:
//   {"records": [{"forward_pass_id": 0, "rank": 0, "gatherer_key": "primary", "global_physical_count": [layer][slot],
//                 "topk_ids_of_layer": [layer][token][k], ...}], "last_physical_to_logical_map": [layer][slot]}
// SGLang counts dense layers too; their rows are zeros.
import { shown, Unreadable, within } from "./fault.js";
import type { ReadLoads } from "./loads.js";
import { isObject, type JsonRecord } from "./record.js";
import { countsAt, listAt, matrixAt, wholeAt, windowsAt } from "./numbers.js";
import { loadsOfSlots, slotMapAt, slotsOfLayer, type SlotMap } from "./slots.js";
import { Tally } from "./tally.js";
import { tokensAt } from "./topk.js";

const HINT =
  "Write the recorder's dump as it is: json.dump(torch.load(...), ..., default=lambda t: t.tolist()).";

export const isSglangDump = (data: JsonRecord): boolean =>
  "logical_count" in data || ("records" in data && "last_physical_to_logical_map" in data);

export function readSglang(data: JsonRecord): ReadLoads {
  const tally = new Tally();
  if ("logical_count" in data) {
    const count = data["logical_count"];
    const isSteps = Array.isArray(count) && Array.isArray(count[0]) && Array.isArray(count[0][0]);
    const steps = isSteps ? windowsAt(count, "step", HINT) : [matrixAt(count, "logical_count", HINT)];
    steps.forEach((rows, step) => {
      rows.forEach((row, layer) => {
        tally.addLoads(step, { layer }, row);
      });
    });
    return tally.finish("sglang");
  }
  const map = slotMapAt(data["last_physical_to_logical_map"], "last_physical_to_logical_map");
  listAt(data["records"], "records", "a list with a record for each forward pass", HINT).forEach(
    (each, at) => {
      addPass(each, `record ${String(at)}`, map, tally);
    },
  );
  return tally.finish("sglang", map.experts);
}

function addPass(record: unknown, place: string, map: SlotMap, tally: Tally): void {
  if (!isObject(record)) throw new Unreadable(place, `it is ${shown(record)}, not an object`, HINT);
  const pass = wholeAt(
    record["forward_pass_id"] ?? 0,
    within(place, "forward_pass_id"),
    0,
    Number.MAX_SAFE_INTEGER,
    HINT,
  );
  const { topk_ids_of_layer: choices, global_physical_count: counts } = record;
  if (choices !== undefined)
    listAt(
      choices,
      within(place, "topk_ids_of_layer"),
      "a list with the choices of each layer",
      HINT,
    ).forEach((tokens, layer) => {
      const where = within(place, `layer ${String(layer)}`);
      const slots = slotsOfLayer(map.expertOfSlot, layer, where);
      tally.addTokens(
        pass,
        { layer },
        tokensAt(tokens, where, slots.length).map((token) =>
          token.map((slot) => slots[slot]!).filter((expert) => expert >= 0),
        ),
      );
    });
  else
    listAt(
      counts,
      within(place, "global_physical_count"),
      "a list with the counts of each layer",
      HINT,
    ).forEach((row, layer) => {
      const where = within(place, `layer ${String(layer)}`);
      tally.addLoads(pass, { layer }, loadsOfSlots(countsAt(row, where, HINT, "slot"), map, layer, where));
    });
}

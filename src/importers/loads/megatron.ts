// Records of Megatron-Core's router trace (`--moe-routing-trace-path`, megatron/core/transformer/moe/router_trace.py), a line each:
//   {"step": 0, "stage": "pre_dispatch", "block": "decoder", "layer": 3, "rank": 0, "num_tokens": 128, "topk": 8,
//    "top_indices": [[12, 45, ...], ...]}
// and "mtp_idx" where "block" is "mtp". Megatron writes one file for each rank; joined (`cat`) they are one trace. Traces that are
// made by hand may name layer, step and choices otherwise, see the tables below, and may have loads for choices:
//   {"iteration": 7, "layer": 3, "tokens_per_expert": [17, 4, ...]}
import type { LayerId } from "./layer-id.js";
import { counted, shown, Unreadable, within } from "./fault.js";
import { countsAt, matrixAt, wholeAt } from "./numbers.js";
import { keysOf, type JsonRecord } from "./record.js";
import { MOST_EXPERTS, type Tally } from "./tally.js";
import { tokensAt } from "./topk.js";

const LAYER = ["layer", "layer_number", "layer_id", "layer_idx"] as const;
const STEP = ["step", "iteration"] as const;
const CHOICES = ["top_indices", "topk_indices", "topk_ids", "indices", "experts"] as const;
const LOADS = ["tokens_per_expert", "num_tokens_per_expert", "expert_load", "counts"] as const;
/** Layers are numbered; more than this is a number of something else. */
const MOST_LAYERS = 2 ** 16;

const HINT =
  'A line of a trace is {"step": 0, "layer": 3, "top_indices": [[12, 45], [3, 7]]}, or has "tokens_per_expert": [17, 4].';

/** Whether an object is a record of a trace: it names a layer with choices or loads, or loads of all layers. */
export const isTraceRecord = (record: JsonRecord): boolean =>
  keyOf(record, CHOICES) !== undefined || keyOf(record, LOADS) !== undefined;

/** Adds a record to the tally. `place` is its line. Gives the number of experts, where the record says it. */
export function readTraceRecord(record: JsonRecord, place: string, tally: Tally): number | undefined {
  const stepKey = keyOf(record, STEP);
  const step =
    stepKey === undefined
      ? 0
      : wholeAt(record[stepKey], within(place, stepKey), 0, Number.MAX_SAFE_INTEGER, HINT);
  const experts = record["num_experts"];
  const known =
    experts === undefined
      ? undefined
      : wholeAt(
          experts,
          within(place, "num_experts"),
          1,
          MOST_EXPERTS,
          "Leave it out, or write how many experts a layer has.",
        );
  const choices = keyOf(record, CHOICES);
  const loads = keyOf(record, LOADS);
  if (choices !== undefined)
    tally.addTokens(step, layerOf(record, place), choicesOf(record, choices, place, known));
  else if (loads !== undefined) addLoads(record, record[loads], step, place, tally);
  else throw new Unreadable(place, `it has neither choices nor loads${keysOf(record)}`, HINT);
  return known;
}

/** Loads of one layer, or, where the record names none, of all. */
function addLoads(record: JsonRecord, loads: unknown, step: number, place: string, tally: Tally): void {
  const isMatrix = Array.isArray(loads) && Array.isArray(loads[0]);
  if (isMatrix && keyOf(record, LAYER) === undefined)
    matrixAt(loads, place, HINT).forEach((row, layer) => {
      tally.addLoads(step, { layer }, row);
    });
  else tally.addLoads(step, layerOf(record, place), countsAt(loads, place, HINT));
}

/** The choices of a record, which must be as many as it says: a line that was cut short and mended is no line. */
function choicesOf(
  record: JsonRecord,
  key: string,
  place: string,
  experts: number | undefined,
): readonly (readonly number[])[] {
  const tokens = tokensAt(record[key], place, experts);
  const stated = record["num_tokens"];
  if (stated !== undefined && stated !== tokens.length)
    throw new Unreadable(
      place,
      `its num_tokens is ${shown(stated)}, but it has choices of ${counted(tokens.length, "token")}`,
      HINT,
    );
  return tokens;
}

function layerOf(record: JsonRecord, place: string): LayerId {
  const key = keyOf(record, LAYER);
  if (key === undefined) throw new Unreadable(place, `it names no layer${keysOf(record)}`, HINT);
  const layer = wholeAt(record[key], within(place, key), 0, MOST_LAYERS - 1, HINT);
  if (record["block"] !== "mtp") return { layer };
  const mtp = wholeAt(record["mtp_idx"] ?? 0, within(place, "mtp_idx"), 0, MOST_LAYERS - 1, HINT);
  return { mtp, layer };
}

const keyOf = (record: JsonRecord, keys: readonly string[]): string | undefined =>
  keys.find((key) => record[key] !== undefined);

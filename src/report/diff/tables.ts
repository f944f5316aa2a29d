// The tables of a difference as cells, for whatever draws them.
import { boundText, sensitivityText, sharesText } from "../prediction-words.js";
import type { PlanDiff } from "./diff.js";
import { measures, type MeasureName } from "./measures.js";
import type { Pair } from "./pair.js";
import { changeText, shareText, valueText, verdict } from "./quantity-words.js";

/** name, A, B, change, change as a share, verdict */
export type Row = readonly [string, string, string, string, string, string];

export const costHead: Row = ["for one step", "A", "B", "change", "", ""];

/** Quantities that both plans lack are left out. */
export function costRows(diff: PlanDiff): readonly Row[] {
  return diff.measures.flatMap(({ name, unit, values }): readonly Row[] => {
    if (values.every((each) => each === null || (each === 0 && isRare(name)))) return [];
    const row = rowOf(labelOf(name, diff), unit, values, comparable(name, diff) ? verdict(name, values) : "");
    return name === "memory" ? [row, ...memoryRows(diff)] : [row];
  });
}

/** A step of twice the tokens costs more, and is not worse for it: then only what is by token or by share can be judged. */
const comparable = (name: MeasureName, { tokens_per_step: [a, b] }: PlanDiff): boolean =>
  a === b || name === "tokens_per_second" || name === "balance" || name === "dropped";

/** Quantities of which there mostly are none. */
const isRare = (name: MeasureName): boolean =>
  name === "inter_node_bytes" || name === "host_wait" || name === "dropped";

const memoryRows = ({ memory_parts }: PlanDiff): readonly Row[] =>
  memory_parts.map(({ part, bytes }) => rowOf(`of it ${part}`, "bytes", bytes, ""));

function rowOf(
  label: string,
  unit: Parameters<typeof valueText>[0],
  values: Pair<number | null>,
  word: string,
): Row {
  const [a, b] = values.map((each) => (each === null ? "-" : valueText(unit, each)));
  return [label, a ?? "-", b ?? "-", changeText(unit, values), shareText(values), word];
}

/** Bytes are told with the networks that carry them. */
function labelOf(name: MeasureName, { bytes_per_tier }: PlanDiff): string {
  const { label } = measures[name];
  const [first, ...others] = bytes_per_tier.map(({ tier }) => tier);
  if (name === "intra_node_bytes" && first !== undefined) return `${label} (${first})`;
  if (name === "inter_node_bytes" && others.length > 0) return `${label} (${others.join(", ")})`;
  return label;
}

/** How far each step is from its lower bound, what it goes to, and what moves it. */
export const predictionTexts = ({ predictions }: PlanDiff): readonly string[] =>
  predictions.flatMap((each, at) => {
    const side = at === 0 ? "A" : "B";
    const sensitivity = sensitivityText(each.sensitivity);
    return [
      `${side} takes ${boundText(each)}: ${sharesText(each.shares)}`,
      ...(sensitivity === undefined ? [] : [`${side}, with ${sensitivity}`]),
    ];
  });

export const limitHead = ["", "limit", "A", "B", "change", ""] as const;

/** kept or not, the limit, both values, change, change as a share */
export const limitRows = ({ limits }: PlanDiff): readonly Row[] =>
  limits.map(({ name, limit, ok, values }): Row => {
    const { unit } = measures[name];
    const [a, b] = values.map((each) => valueText(unit, each)) as [string, string];
    return [ok ? "kept" : "NOT KEPT", limit, a, b, changeText(unit, values) || "none", shareText(values)];
  });

// Each difference as one line for people, whatever shows it: what kind of change it is, what it is about, and what changed.
import { grouped, percent, significant, size, time } from "../units.js";
import { keyOf, type DecisionChange, type OtherChoice } from "./decision-changes.js";
import type { ModelChange } from "./model-changes.js";
import type { SettingChange, SettingValue } from "./setting-changes.js";

export interface ChangeLine {
  /** `+` only B has it, `-` only A, `~` it changed, `=` it has another name. */
  readonly sign: "+" | "-" | "~" | "=";
  readonly text: string;
  /** The block that it belongs to. */
  readonly block?: string;
}

export function modelLine(change: ModelChange): ChangeLine {
  switch (change.kind) {
    case "model_changed":
      return { sign: "~", text: `model ${change.values.join(" -> ")}` };
    case "layers_changed":
      return { sign: "~", text: `layers ${change.values.map((each) => `[${each}]`).join(" -> ")}` };
    case "dimension_changed":
      return { sign: "~", text: `${change.dimension} ${change.values.map(grouped).join(" -> ")}` };
    case "block_removed":
      return { sign: "-", text: `block ${change.block}: ${change.nodes.join(", ")}` };
    case "block_added":
      return { sign: "+", text: `block ${change.block}: ${change.nodes.join(", ")}` };
    case "node_removed":
      return { sign: "-", text: change.call, block: change.block };
    case "node_added":
      return { sign: "+", text: change.call, block: change.block };
    case "node_changed":
      return { sign: "~", text: change.calls.join("  ->  "), block: change.block };
    case "node_renamed":
      return { sign: "=", text: `${change.nodes[0]} is called ${change.nodes[1]} in B`, block: change.block };
    case "result_changed":
      return { sign: "~", text: `returns ${change.values.join(" -> ")}`, block: change.block };
    default:
      return change satisfies never;
  }
}

export function settingLine({ setting, values }: SettingChange): ChangeLine {
  const name = setting.replace(/_(bytes_per_s|bytes|us)$/, "").replace(/_flops$/, "");
  const [before, after] = values.map((each) => settingText(setting, each));
  if (values[0] === null) return { sign: "+", text: `${name} ${after ?? ""}` };
  if (values[1] === null) return { sign: "-", text: `${name} ${before ?? ""}` };
  return { sign: "~", text: `${name} ${before ?? ""} -> ${after ?? ""}` };
}

function settingText(setting: string, value: SettingValue): string {
  if (typeof value !== "number") return value ?? "none";
  if (setting.endsWith("_bytes_per_s")) return `${significant(value / 1e9)} GB/s`;
  if (setting.endsWith("_bytes")) return size(value);
  if (setting.endsWith("_us")) return time(value);
  if (setting.endsWith("_flops")) return `${significant(value / 1e12)} TFLOPS`;
  return Number.isInteger(value) ? grouped(value) : String(value);
}

/** A decision's change on one line, and under it what each side knows of the other's choice. */
export function decisionLines(change: DecisionChange): ChangeLine & { readonly details: readonly string[] } {
  const name = keyOf(change);
  switch (change.kind) {
    case "choice_changed": {
      const { choices, pinned, price_us: prices, other_choice: others } = change;
      const said = (at: 0 | 1): string =>
        `${at === 0 ? "A" : "B"}, ${time(prices[at])}${pinned[at] ? ", as its schedule says" : ""}: ` +
        `${choices[at === 0 ? 1 : 0]} ${otherText(others[at], prices[at])}`;
      return { sign: "~", text: `${name}: ${choices.join(" -> ")}`, details: [said(0), said(1)] };
    }
    case "decision_removed":
    case "decision_added": {
      const { choice, price_us, pinned } = change;
      const [sign, side] = change.kind === "decision_added" ? (["+", "B"] as const) : (["-", "A"] as const);
      const how = pinned ? "as its schedule says" : `at ${time(price_us)}`;
      return { sign, text: `${name}: ${choice}`, details: [`${side} alone had this to decide, ${how}`] };
    }
    case "pinning_changed": {
      const [left, pinned] = change.pinned[1] ? ["A", "B"] : ["B", "A"];
      const how = `${left} leaves it to the compiler, the schedule of ${pinned} says so`;
      return { sign: "~", text: `${name}: ${change.choice}`, details: [how] };
    }
    default:
      return change satisfies never;
  }
}

function otherText(other: OtherChoice, chosen: number): string {
  switch (other.kind) {
    case "lost": {
      const { price_us, slower_us } = other;
      if (slower_us === 0) return `lost, as fast`;
      const share = percent(Math.abs(slower_us), chosen);
      return `lost, ${time(price_us)}, ${share} ${slower_us > 0 ? "slower" : "faster"}`;
    }
    case "not_possible":
      return `is not possible${other.reason === "" ? "" : `: ${other.reason}`}`;
    case "not_tried":
      return "was not tried";
    default:
      return other satisfies never;
  }
}

// What would have been chosen and predicted at the models' own prices: what a profile changes.
import type { Decision, LaunchPlan, Why } from "../../plan/index.js";
import { time } from "../units.js";
import type { MeasuredReport } from "./report.js";

/** Printed by --json as it is. */
export interface WithoutProfile {
  readonly step_time_us: number;
  /** Choices that would have been others. */
  readonly decisions: readonly OtherChoice[];
}

export interface OtherChoice {
  readonly name: string;
  readonly layer?: number;
  readonly choice: string;
  /** What would have been chosen. */
  readonly without: string;
}

/** `models`: the reasons of the plan that the models alone give. */
export function withoutProfile({ why }: LaunchPlan, models: Why): WithoutProfile {
  const others = new Map(models.decisions.map((each) => [keyOf(each), each.choice]));
  return {
    step_time_us: models.prediction.step_time_us,
    // What placement comes to in each layer is told in figures, which are no choice.
    decisions: (why?.decisions ?? []).flatMap(({ name, layer, choice, placed }) => {
      if (placed !== undefined) return [];
      const without = others.get(keyOf({ name, layer }));
      if (without === undefined || without === choice) return [];
      return [{ name, ...(layer === undefined ? {} : { layer }), choice, without }];
    }),
  };
}

const keyOf = ({
  name,
  layer,
}: {
  readonly name: string;
  readonly layer?: Decision["layer"] | undefined;
}): string => `${name} ${String(layer)}`;

/** The same in sentences: the step, and each choice that the profile changes. */
export function withoutSentences(
  stepUs: number,
  { files }: MeasuredReport,
  { step_time_us: models, decisions }: WithoutProfile,
): readonly string[] {
  const paths = files.map(({ path }) => path).join(", ");
  const step = `With the profile ${paths} a step takes ${time(stepUs)}; without it, ${time(models)} would be predicted`;
  if (decisions.length === 0) return [`${step}, and nothing else would be chosen.`];
  return [
    `${step}.`,
    ...decisions.map(({ name, layer, choice, without }) => {
      const where = layer === undefined ? "" : ` of layer ${String(layer)}`;
      return `With the profile the ${name.replaceAll("_", " ")}${where} is ${choice}; without it, ${without} would have been chosen.`;
    }),
  ];
}
